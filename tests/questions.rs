//! What analysts ask: the audit of a public figure against the truth of invented data, and lists of accounts.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use place::Place;
use predicates::prelude::PredicateBooleanExt;

/// Shares of the amplifiers and of the supporters that the audit finds in clusters.
fn found_in_clusters(place: &Place, truth: &Path) -> (f64, f64) {
    let truth = fs::read_to_string(truth).unwrap();
    let rows: Vec<Vec<&str>> = truth.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let role: HashMap<&str, &str> = rows.iter().map(|row| (row[0], row[1])).collect();
    let figures = rows.iter().filter(|row| row[1] == "figure").map(|row| row[0]);
    let audit = place.json(&["audit", "--json"].into_iter().chain(figures).collect::<Vec<_>>());
    let clusters = &audit["comparisons"][0];
    assert_eq!((&clusters["trait"], &clusters["no_interval_because"]), (&"in_cluster".into(), &Value::Null));
    assert!(clusters["interval_95"][1].as_f64().unwrap() > 0.0 && clusters["difference"].as_f64().unwrap() > 0.0);
    let retweeters = audit["retweeters"].as_array().unwrap();
    let clustered = |one: &&Value| one["shows"].as_array().unwrap().contains(&"in_cluster".into());
    let share = |wanted: &str| {
        let found = retweeters.iter().filter(clustered).filter(|one| role[one["id"].as_str().unwrap()] == wanted);
        found.count() as f64 / rows.iter().filter(|row| row[1] == wanted).count() as f64
    };
    (share("amplifier"), share("supporter"))
}

#[test]
fn the_audit_of_the_figure_finds_the_amplifiers_and_leaves_the_supporters() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let place = Place::new();
    place.run(&["import", sample.to_str().unwrap()]).success();
    let mut found = vec![("sample".to_owned(), found_in_clusters(&place, &sample.join("truth.csv")))];
    for seed in ["1", "2", "3"] {
        let place = Place::new();
        let size = ["--accounts", "700", "--retweets", "12000", "--seed", seed];
        place.run(&[&["synth", "--out", "made"][..], &size].concat()).success();
        place.run(&["import", "made"]).success();
        found.push((format!("seed {seed}"), found_in_clusters(&place, &place.path("made/truth.csv"))));
    }
    for (data, (amplifiers, supporters)) in found {
        println!("{data}: {amplifiers:.3} of the amplifiers in clusters, {supporters:.3} of the supporters");
        assert!(amplifiers >= 0.95 && supporters <= 0.02, "{data}: {amplifiers} {supporters}");
    }
}

#[test]
fn a_filter_lists_the_accounts_that_meet_it() {
    let place = Place::imported();
    place.run(&["tag", "1", "unsure", "--note", "look again"]).success();
    let found = |arguments: &[&str]| {
        let found = place.json(&[&["query", "--json"], arguments].concat());
        found.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(&["layer:co-retweet tag:none"]), ["2"]);
    assert_eq!(found(&["followers:86", "note:look again"]), ["1"]);
    assert_eq!(found(&["handle:twice", "!followers:unknown"]), Vec::<String>::new());
    let counted = place.run(&["query", "links>0", "--count"]).success();
    assert_eq!(counted.get_output().stdout, b"2\n");
    let failed = place.run(&["query", "folowers>1"]).code(1);
    assert!(String::from_utf8_lossy(&failed.get_output().stderr).contains("perhaps followers is meant"));
}

#[test]
fn names_on_a_list_are_found_in_display_names() {
    let place = Place::imported();
    fs::write(place.path("names.txt"), "# names\námber\nBirch\n").unwrap();
    let found = place.json(&["personas", "--names", "names.txt", "--json"]);
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!((&found[0]["id"], &found[0]["uses_the_name"]), (&"1".into(), &"ámber".into()));
    let said = place.run(&["personas", "--names", "names.txt"]).success();
    assert!(String::from_utf8_lossy(&said.get_output().stdout).contains("uses a name on your list"));
    fs::write(place.path("none.txt"), "# nothing\n").unwrap();
    place.run(&["personas", "--names", "none.txt"]).code(1);
    place.run(&["--names", "none.txt"]).code(1);
    let wrong = place.run(&["--names", "names.txt", "stats"]).code(2);
    assert!(String::from_utf8_lossy(&wrong.get_output().stderr).contains("bot-tui personas --names FILE"));
}

#[test]
fn who_was_never_retweeted_cannot_be_audited() {
    let place = Place::imported();
    let failed = place.run(&["audit", "1"]).code(1);
    let said = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
    assert!(said.contains("nothing to audit") && said.lines().count() == 1, "{said}");
    let audit = place.json(&["audit", "7", "--json"]);
    assert_eq!((&audit["schema"], audit["retweeters"].as_array().unwrap().len()), (&"bot-tui/audit/3".into(), 2));
    assert_eq!(place.json(&["audit", "7", "--json"]), audit);
}

/// Accounts `prefix` 0 to 5, each of which retweets twelve posts within a minute: post `n` is by `author(account, n)`.
fn amplified(prefix: &str, author: impl Fn(usize, usize) -> String) -> String {
    let post = |account: usize, number: usize| {
        let target_author = author(account, number);
        format!(
            r#"{{"type":"post","id":"{prefix}{account}-{number}","author_id":"{prefix}{account}","created_at":"2025-03-01T10:{number:02}:0{account}Z","retweet_of":{{"id":"{target_author}-{number}","author_id":"{target_author}"}}}}"#
        ) + "\n"
    };
    (0..6).flat_map(|account| (0..12).map(move |number| (account, number))).map(|(a, n)| post(a, n)).collect()
}

/// Two figures that six accounts each amplify, and one that is called like the first.
fn two_campaigns() -> Place {
    let place = Place::new();
    let named = |id: &str| format!("{{\"type\":\"account\",\"id\":\"id-{id}\",\"handle\":\"{id}\"}}\n");
    let records = ["orla_en", "orla_fr", "birch_hill"].map(named).concat()
        + &amplified("a", |_, _| "id-orla_en".to_owned())
        + &amplified("b", |_, _| "id-birch_hill".to_owned())
        + r#"{"type":"post","id":"x","author_id":"y","retweet_of":{"id":"z","author_id":"id-orla_fr"}}"#;
    fs::write(place.path("campaigns.jsonl"), records).unwrap();
    place.run(&["import", "campaigns.jsonl"]).success();
    place
}

#[test]
fn who_looks_like_the_figure_is_listed_apart_from_whom_controls_amplify() {
    let place = two_campaigns();
    let said = place.run(&["audit", "orla_en"]).success();
    let said = String::from_utf8_lossy(&said.get_output().stdout).into_owned();
    let listed: Vec<&str> = said.lines().take(5).collect();
    assert_eq!(
        listed,
        [
            "6 of 6 controls are in clusters too: they may belong to the same campaign",
            "these look like the same figure:",
            "  @orla_fr (1 retweeter): same handle but for a language or a number",
            "these look different, but accounts in clusters among the controls retweet them:",
            "  @birch_hill (6 retweeters): retweeted by 6 controls in clusters",
        ]
    );
    assert!(said.contains("to take these 3 as one: bot-tui audit id-orla_en id-birch_hill id-orla_fr"), "{said}");
}

#[test]
fn taking_accounts_together_says_whom_it_takes() {
    let place = two_campaigns();
    let taken = place.run(&["audit", "orla_en", "--together", "--json"]).success();
    let said = String::from_utf8_lossy(&taken.get_output().stderr).into_owned();
    assert!(said.contains("taken as one with it: @birch_hill, @orla_fr\n"), "{said}");
    let audit: Value = serde_json::from_slice(&taken.get_output().stdout).unwrap();
    let mut hub: Vec<&str> =
        audit["hub"].as_array().unwrap().iter().map(|one| one["handle"].as_str().unwrap()).collect();
    hub.sort_unstable();
    assert_eq!((hub, audit["retweeters"].as_array().unwrap().len()), (vec!["birch_hill", "orla_en", "orla_fr"], 13));
}

#[test]
fn an_interval_that_no_figure_of_like_size_backs_is_withheld_and_the_audit_says_why() {
    let place = Place::new();
    // Six accounts retweet one figure; the six controls retweet whom hardly anybody else does.
    let records = amplified("a", |_, _| "orla".to_owned())
        + &amplified("b", |account, number| format!("small{}", account * 12 + number));
    fs::write(place.path("one.jsonl"), records).unwrap();
    place.run(&["import", "one.jsonl"]).success();
    let audit = place.json(&["audit", "orla", "--json"]);
    let (clusters, twins) = (&audit["comparisons"][0], &audit["comparisons"][3]);
    assert_eq!((&clusters["difference"], &clusters["interval_95"]), (&1.0.into(), &Value::Null));
    assert_eq!(clusters["no_interval_because"], "no_control_of_like_size");
    assert!(twins["interval_95"].is_array() && twins["no_interval_because"].is_null(), "{twins}");
    let said = place.run(&["audit", "orla"]).success();
    let why = "– no other figure compared is of like size: how many would be in clusters anyway cannot be told";
    said.stdout(predicates::str::contains("+100.0 % (no interval)").and(predicates::str::contains(why)));
}

/// Account 1 retweets one post four times and writes two of its own, 2 retweets three posts, 3 retweets five of one author
/// and one of another. Nobody says whose the posts are: they are in the data, but for one that is replied to.
fn repeated() -> Place {
    let place = Place::new();
    let mut lines = Vec::new();
    let mut post = |id: &str, author: &str, rest: &str| {
        lines.push(format!(
            r#"{{"type":"post","id":"{id}","author_id":"{author}","created_at":"2025-03-01T10:00:00Z"{rest}}}"#
        ));
    };
    for number in 0..6 {
        let target = |id: usize| format!(r#","retweet_of":{{"id":"t{id}"}}"#);
        post(&format!("1{number}"), "1", if number < 4 { target(0) } else { String::new() }.as_str());
        post(&format!("3{number}"), "3", &target(number));
        if number < 3 {
            post(&format!("2{number}"), "2", &target(number));
        }
        if number < 5 {
            post(&format!("t{number}"), if number < 4 { "7" } else { "8" }, "");
        }
    }
    post("90", "9", r#","reply_to":{"id":"t5","author_id":"7"}"#);
    fs::write(place.path("repeated.jsonl"), lines.join("\n")).unwrap();
    place.run(&["import", "repeated.jsonl"]).success();
    place
}

#[test]
fn a_share_is_the_same_in_signals_and_filters_and_counts_posts_above_and_below() {
    let place = repeated();
    let document = place.json(&["signals", "--json"]);
    for (signal, field, expected) in [
        // Four of six posts are retweets; three posts are too few.
        ("retweet_share", "retweet-share", [("1", Some(4.0 / 6.0)), ("2", None), ("3", Some(1.0))]),
        // Five of six posts that 3 retweets are of 7, one of which only a reply names; 1 retweets one post only.
        ("single_purpose", "single-purpose", [("1", None), ("2", None), ("3", Some(5.0 / 6.0))]),
    ] {
        for (id, expected) in expected {
            let accounts = document["accounts"].as_array().unwrap();
            let found = accounts.iter().find(|one| one["id"] == id).unwrap()["signals"][signal]["value"].as_f64();
            assert_eq!(found, expected, "{signal} of {id}");
            let passes = |condition: String| {
                let found = place.json(&["query", "--json", &condition]);
                found.as_array().unwrap().iter().any(|one| one["id"] == id)
            };
            let bounds = expected.map_or([false, false], |share| [share > 0.66, share > 0.67]);
            assert_eq!([passes(format!("{field}>0.66")), passes(format!("{field}>0.67"))], bounds, "{field} of {id}");
        }
    }
    let audit = place.json(&["audit", "7", "--json"]);
    assert_eq!((&audit["targets"], audit["retweeters"].as_array().unwrap().len()), (&5.into(), 3));
}

#[test]
fn signals_come_with_evidence_or_say_why_there_is_none() {
    let place = Place::imported();
    let document = place.json(&["signals", "--json", "amber_lake"]);
    assert_eq!(document["schema"], "bot-tui/signals/1");
    assert_eq!(document["signals"].as_array().unwrap().len(), 10);
    let signals = &document["accounts"][0]["signals"];
    assert_eq!(signals["retweet_share"]["evidence"], serde_json::json!({ "retweets": 10, "posts": 10 }));
    assert_eq!(signals["single_purpose"]["value"], 1.0);
    assert_eq!(signals["single_purpose"]["percentile"], 50.0, "both that have one have the same");
    assert_eq!(signals["single_purpose"]["evidence"]["account"], "7");
    assert_eq!(signals["gap_regularity"]["why"], "too few gaps between posts with a time: 9, it takes 10");
    assert_eq!(signals["bio_twins"], serde_json::json!({ "value": null, "why": "no bio in the data" }));
    let said = place.run(&["signals", "@amber_lake"]).success();
    said.stdout(predicates::str::contains("10 of 10 retweets go to 7").and(predicates::str::contains("too few gaps")));
    place.run(&["signals", "nobody"]).code(1);
    assert_eq!(place.json(&["signals", "--json"])["accounts"].as_array().unwrap().len(), 5);
}

#[test]
fn signals_tell_the_planted_amplifiers_from_the_supporters() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let place = Place::new();
    place.run(&["import", sample.to_str().unwrap()]).success();
    let truth = fs::read_to_string(sample.join("truth.csv")).unwrap();
    let role: HashMap<&str, &str> =
        truth.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()).map(|row| (row[0], row[1])).collect();
    let document = place.json(&["signals", "--json"]);
    let mean = |signal: &str, wanted: &str| {
        let of_role = |one: &&Value| role[one["id"].as_str().unwrap()] == wanted;
        let accounts = document["accounts"].as_array().unwrap().iter().filter(of_role);
        let values: Vec<f64> = accounts.filter_map(|one| one["signals"][signal]["percentile"].as_f64()).collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    for signal in ["retweet_share", "single_purpose", "fast_retweets", "profile_twins"] {
        let [amplifiers, supporters] = ["amplifier", "supporter"].map(|role| mean(signal, role));
        println!("{signal}: mean percentile {amplifiers:.0} of amplifiers, {supporters:.0} of supporters");
        assert!(amplifiers > supporters + 10.0, "{signal}");
    }
}

/// Accounts 1 to 4, each of which retweets ten posts with the next one only; 5 retweets with nobody.
fn a_chain() -> Place {
    let place = Place::new();
    let mut lines = Vec::new();
    for (link, pair) in [[1, 2], [2, 3], [3, 4], [5, 5]].into_iter().enumerate() {
        for (account, post) in pair.into_iter().flat_map(|account| (0..10).map(move |post| (account, post))) {
            lines.push(format!(
                r#"{{"type":"post","id":"{account}-{link}-{post}","author_id":"{account}","created_at":"2025-03-01T10:0{post}:0{account}Z","retweet_of":{{"id":"t{link}-{post}","author_id":"9"}}}}"#
            ));
        }
    }
    fs::write(place.path("chain.jsonl"), lines.join("\n")).unwrap();
    place.run(&["import", "chain.jsonl"]).success();
    place
}

#[test]
fn the_path_between_two_accounts_is_told_with_what_each_link_rests_on() {
    let place = a_chain();
    let keep = ["--keep", "shared:5"];
    let path = place.json(&[&["path", "1", "4", "--json"][..], &keep].concat());
    assert_eq!((&path["schema"], &path["connected"]), (&"bot-tui/path/1".into(), &true.into()));
    let steps = path["steps"].as_array().unwrap();
    let ways: Vec<_> = steps.iter().map(|step| (&step["from"]["id"], &step["to"]["id"])).collect();
    assert_eq!(
        ways,
        [(&"1".into(), &"2".into()), (&"2".into(), &"3".into()), (&"3".into(), &"4".into())] as [(&Value, &Value); 3]
    );
    for step in steps {
        assert_eq!((&step["co_share"]["shared"], &step["co_share"]["shared_within"]), (&10.into(), &10.into()));
        assert_eq!(step["co_share"]["targets"][0]["gap_seconds"], 1.0);
        assert_eq!(step["avatar"], Value::Null);
    }
    assert_eq!(steps[2]["co_share"]["targets"][0]["id"], "t2-0");
    let said = place.run(&[&["path", "4", "1"][..], &keep].concat()).success();
    let said = String::from_utf8_lossy(&said.get_output().stdout).into_owned();
    let names: Vec<&str> = said.lines().filter(|line| !line.starts_with("  │ ")).collect();
    assert_eq!(names, ["4", "3", "2", "1"]);
    assert_eq!(said.matches("10 shared, 10 within 60 s").count(), 3, "{said}");
    place.run(&[&["path", "1", "4", "-o", "path.json"][..], &keep].concat()).success().stdout("");
    let written: Value = serde_json::from_slice(&fs::read(place.path("path.json")).unwrap()).unwrap();
    assert_eq!(written, path);
}

#[test]
fn where_no_path_leads_the_command_says_so() {
    let place = a_chain();
    let none = place.json(&["path", "1", "5", "--json"]);
    assert_eq!((&none["connected"], none["steps"].as_array().unwrap().len()), (&false.into(), 0));
    let said = place.run(&["path", "1", "5"]).success();
    said.stdout(predicates::str::contains("No path leads from 1 to 5"));
    let apart = place.json(&["path", "1", "4", "--json", "--keep", "shared:11"]);
    assert_eq!(apart["connected"], false, "links depend on the same parameters as elsewhere");
    for wrong in [["1", "1"], ["1", "nobody"]] {
        let failed = place.run(&["path", wrong[0], wrong[1]]).code(1);
        assert_eq!(String::from_utf8_lossy(&failed.get_output().stderr).lines().count(), 1);
    }
}
