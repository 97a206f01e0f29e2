//! Pictures through the real binary: what is said of traps, groups as JSON and as a table, and addresses.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;

use std::fs;

use predicates::prelude::*;

use place::Place;

/// The small data with pictures: 1 and 2 carry one file, 3 a smaller copy of it, 4 only an address.
fn with_pictures() -> Place {
    let place = Place::imported();
    let drawing = bot_tui::synth::drawing(1, 40);
    fs::create_dir(place.path("pictures")).unwrap();
    drawing.save(place.path("pictures/1.png")).unwrap();
    drawing.save(place.path("pictures/2.png")).unwrap();
    image::imageops::thumbnail(&drawing, 100, 100).save(place.path("pictures/3.jpg")).unwrap();
    let addresses = "{\"type\":\"account\",\"id\":\"4\",\"avatar_url\":\"https://pictures.example/4.jpg\"}\n\
                     {\"type\":\"account\",\"id\":\"5\",\"avatar_url\":\"https://town.example/avatars/original/missing.png\"}\n";
    fs::write(place.path("addresses.jsonl"), addresses).unwrap();
    place.run(&["import", "addresses.jsonl", "--avatars", "pictures"]).success();
    place
}

#[test]
fn groups_name_their_accounts_and_how_far_each_is_from_the_middle() {
    let place = with_pictures();
    let found = place.json(&["avatars", "--json"]);
    assert_eq!(found["schema"], "bot-tui/avatar-groups/1");
    let group = &found["groups"][0];
    assert_eq!((&group["size"], &group["pictures"], &group["default"]), (&3.into(), &2.into(), &false.into()));
    let accounts = group["accounts"].as_array().unwrap();
    let ids: Vec<&str> = accounts.iter().map(|account| account["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    assert_eq!(accounts[0]["distance_to_medoid"], 0);
    assert_eq!(accounts[2]["distance_to_medoid"], group["diameter"]);
    assert!(accounts[0]["quality"].as_u64().unwrap() >= 50 && accounts[0]["pdq"].as_str().unwrap().len() == 64);
    assert_eq!(
        (&found["accounts"]["only_address"], &found["accounts"]["only_default_address"]),
        (&2.into(), &1.into())
    );
    let table = place.run(&["avatars", "--format", "csv"]).success();
    let table = String::from_utf8(table.get_output().stdout.clone()).unwrap();
    assert!(
        table.starts_with("group,size,diameter,id,handle,sha256,pdq,quality,distance_to_medoid,default\n1,3,"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 4);
    let words = place.run(&["avatars"]).success();
    words
        .stdout(predicate::str::contains("@amber_lake").and(predicate::str::contains("equal addresses prove nothing")));
    let strict = place.json(&["avatars", "--json", "--avatar-distance", "0", "--min-size", "3"]);
    assert!(strict["groups"].as_array().unwrap().is_empty() || strict["groups"][0]["diameter"] == 0);
    place.run(&["avatars", "--avatar-distance", "32"]).code(2);
}

#[test]
fn addresses_without_a_picture_are_printed_for_a_downloader() {
    let place = with_pictures();
    let lines = place.run(&["export", "avatar-urls"]).success();
    lines.stdout("https://pictures.example/4.jpg\n").stderr(predicate::str::contains("1 with a default picture"));
    let aria2 = place.run(&["export", "avatar-urls", "--format", "aria2"]).success();
    aria2.stdout("https://pictures.example/4.jpg\n  out=4.jpg\n");
    place.run(&["export", "--tag", "unsure"]).success();
}

#[test]
fn a_picture_that_cannot_be_read_is_one_line() {
    let place = Place::imported();
    fs::create_dir(place.path("pictures")).unwrap();
    fs::write(place.path("pictures/1.jpg"), "a text").unwrap();
    let said = place.run(&["import", "data.jsonl", "--avatars", "pictures"]).success();
    said.stdout(predicate::str::contains("0 pictures read, 1 skipped").and(predicate::str::contains("it is no PNG")));
}
