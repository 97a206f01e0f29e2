//! Ids that a spreadsheet or another program rounded: told in the import's report and in `stats`, and beside every link
//! that rests on them. An id that is of no use otherwise costs only itself.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

#[expect(dead_code, reason = "only a part of it is of use here")]
mod place;
mod program;

use std::fs;

use place::Place;

/// What an import of this table says, and where.
fn imported(table: &str, map: &str) -> (Place, String) {
    let place = Place::new();
    fs::write(place.path("shares.csv"), table).unwrap();
    let said = place.run(&["import", "shares.csv", "--map", map]);
    let said = String::from_utf8_lossy(&said.get_output().stdout).into_owned();
    (place, said)
}

fn out(place: &Place, arguments: &[&str]) -> String {
    String::from_utf8_lossy(&place.run(arguments).success().get_output().stdout).into_owned()
}

/// The rows of the network of all shared targets, without the heading.
fn network(place: &Place) -> Vec<String> {
    out(place, &["network", "--keep", "shared:1"]).lines().skip(1).map(str::to_owned).collect()
}

const THREE: &str = "account=user,target=post,time=when";

#[test]
fn links_that_rest_on_what_a_spreadsheet_left_of_ids_are_marked() {
    let table = "user,post,when\na,1294030472427830000,1597345200\nb,1294030472427830000,1597345210\n";
    let (place, said) = imported(table, THREE);
    assert!(said.contains("all 2 long ids of retweeted posts look rounded, such as 1294030472427830000"), "{said}");
    assert!(said.contains("1 id of accounts and posts in the cache look"), "{said}");
    let stats = out(&place, &["stats"]);
    assert!(stats.contains("note: all 2 long ids of retweeted posts look rounded"), "{stats}");
    assert_eq!(place.json(&["stats", "--json"])["rounded_ids"], 1);
    assert!(network(&place)[0].ends_with(",1,,"), "{:?}", network(&place));
    place.run(&["tag", "a", "unsure"]).success();
    let link = &place.json(&["export", "--keep", "shared:1"])["accounts"][0]["links"][0]["co_share"];
    assert_eq!((&link["rounded_ids"], &link["targets"][0]["rounded"]), (&1.into(), &true.into()));
    assert_eq!(link["cautions"][0], "the one target with an id that looks rounded");
    // From the cache of links too.
    let again = &place.json(&["export", "--keep", "shared:1"])["accounts"][0]["links"][0]["co_share"];
    assert_eq!(again["rounded_ids"], 1);
    let path = out(&place, &["path", "a", "b", "--keep", "shared:1"]);
    assert!(path.contains("with an id that looks rounded"), "{path}");
    // What is taken back leaves no mark.
    place.run(&["imports", "remove", "1"]).success();
    assert_eq!(place.json(&["stats", "--json"])["rounded_ids"], 0);
}

#[test]
fn accounts_whose_ids_were_rounded_are_marked() {
    let table = "external_author_id,author,content,tweet_id\n\
                 906000000000000000,amber_lake,Plant a tree in every town today,914580356430536707\n\
                 906000000000000000,birch_hill,Sing a song in every street today,914621840496189440\n\
                 71,cedar,Plant a tree in every town today,914621840496189441\n";
    let (place, said) = imported(table, "account=external_author_id,text=content,post=tweet_id");
    assert!(said.contains("long ids of accounts look rounded, such as 906000000000000000"), "{said}");
    assert!(!said.contains("ids of posts look"), "one that ends in a zero is chance: {said}");
    let rows = out(&place, &["network", "--layer", "co-text", "--keep", "shared:1", "--nodes", "nodes.csv"]);
    assert!(rows.lines().nth(1).unwrap().ends_with(",1,,"), "{rows}");
    let nodes = fs::read_to_string(place.path("nodes.csv")).unwrap();
    assert!(nodes.contains("71,71,,false\n906000000000000000,906000000000000000,,true\n"), "{nodes}");
}

#[test]
fn ids_in_a_notation_of_numbers_never_link_in_silence() {
    let mut table = "account,target,time\n".to_owned();
    for target in ["1294030472427835392.0", "1294030472427830000", "9.06E17"] {
        for account in ["u0", "u1"] {
            table += &format!("{account},{target},1645488000\n");
        }
    }
    let (place, said) = imported(&table, "account=account,target=target,time=time");
    assert!(said.contains("all 4 long ids of retweeted posts look rounded"), "{said}");
    assert!(said.contains("2 lines skipped") && said.contains("the id 9.06E17 was rounded"), "{said}");
    // Two targets, and both are marked.
    let rows = network(&place);
    assert!(rows.len() == 1 && rows[0].contains(",2,2,") && rows[0].ends_with(",2,,"), "{rows:?}");
    let (place, said) = imported("user,post,when\na,1.2940304724278354E18,1\nb,1.2940304724278354E18,2\n", THREE);
    assert!(said.contains("the id 1.2940304724278354E18 was rounded"), "{said}");
    assert!(network(&place).is_empty());
}

#[test]
fn an_id_that_is_of_no_use_otherwise_costs_only_itself() {
    let table = "id,user,date,text,inReplyToTweetId\n\
                 1356055892182106121,71,2021-04-29 21:36:25,Plant a tree in every town today,1.385932229134721e+18\n";
    let (place, said) = imported(table, "post=id,account=user,time=date,text=text,reply=inReplyToTweetId");
    let reason =
        "1 id was rounded and left out, though the posts stay: first on line 2, inReplyToTweetId: the id 1.385932";
    assert!(said.contains(reason), "{said}");
    assert!(said.contains("0 lines skipped"), "{said}");
    assert_eq!(place.json(&["stats", "--json"])["posts"], 1);
}

#[test]
fn one_id_that_ends_in_zeros_is_chance() {
    let mut table = "user,post,when\n".to_owned();
    for post in ["1294030472427830000", "1294030472427835393", "1294030472427999713"] {
        table += &format!("a,{post},1597345200\nb,{post},1597345210\n");
    }
    let (place, said) = imported(&table, THREE);
    assert!(!said.contains("rounded"), "{said}");
    assert_eq!(place.json(&["stats", "--json"])["rounded_ids"], 0);
    assert!(network(&place)[0].ends_with(",0,,"), "{:?}", network(&place));
}

#[test]
fn short_links_are_counted_and_links_of_one_address_are_one() {
    let table = "user;url;when\n\
                 a;https://www.news.example/a/?utm_source=x;1597345200\n\
                 b;http://news.example/a#top;1597345210\n\
                 a;https://t.co/abc;1597345220\n";
    let (place, said) = imported(&format!("sep=;\n{table}"), "account=user,url=url,time=when");
    assert!(said.contains("1 of 3 links is a short one"), "{said}");
    let stats = place.json(&["stats", "--json"]);
    assert_eq!((&stats["short_links"], &stats["shared_links"]), (&1.into(), &2.into()));
    let written = place.run(&["network", "--layer", "co-link", "--keep", "shared:1"]).success();
    let text = String::from_utf8_lossy(&written.get_output().stdout).into_owned();
    assert!(text.lines().nth(1).unwrap().contains("co-link,co-link,1,1,"), "{text}");
    let said = String::from_utf8_lossy(&written.get_output().stderr).into_owned();
    assert!(said.contains("co-link: 1 of 2 links is a short one"), "{said}");
}
