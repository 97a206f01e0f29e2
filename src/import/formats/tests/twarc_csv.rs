use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/twarc-csv.csv");

#[test]
fn tweets_with_their_authors() {
    let expected = [
        "account 5 handle=birch name=«Birch 🌳» bio=«» location=«Somewhere» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-02T00:00:00Z",
        "post 4194304000000 by=5 at=2010-11-04T01:59:34Z text=«We plant\ntrees & flowers» retweets=(4190109696000 by=6 at=2010-11-04T01:59:33.657Z text=«We plant\ntrees & flowers») hashtags=#Trees language=en client=Web App",
        "account 5 handle=birch name=«Birch 🌳» bio=«One\ntwo» location=«Somewhere» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-02T00:00:00Z",
        "post 21 by=5 at=2024-01-01T10:00:00Z text=«می\u{200c}کاریم, \"all\"» quotes=(20 by=6) answers=(19 by=7) links=https://a.example/1,2 hashtags=گل",
        "account 8",
        "post 22 by=8 text=«nobody known»",
        "line 5: the id 1.23e+18 was rounded, perhaps by a spreadsheet; import the original export",
    ];
    assert_eq!(item_lines("twarc-csv", SAMPLE), expected);
}

#[test]
fn a_table_of_users() {
    let users = include_str!("../../../../tests/samples/twarc-csv-users.csv");
    let expected = "account 5 handle=birch name=«Birch» bio=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=true seen=2024-01-02T00:00:00Z";
    assert_eq!(item_lines("twarc-csv", users), [expected]);
}
