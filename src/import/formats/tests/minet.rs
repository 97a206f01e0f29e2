use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/minet.csv");

#[test]
fn a_table_of_tweets() {
    let expected = [
        "account 5 handle=birch name=«Birch» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-02T00:00:00.123Z",
        "post 11 by=5 at=2024-01-01T10:00:05Z text=«RT @rose: We plant\ntrees… all 🌳» retweets=(9 by=6 at=2024-01-01T10:00:00Z text=«We plant\ntrees… all 🌳») language=en client=Web App",
        "account 5 handle=birch name=«Birch» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-02T00:00:00.123Z",
        "post 12 by=5 at=2024-01-01T10:00:06Z text=«می\u{200c}کاریم» quotes=(7 by=6 at=2024-01-01T09:58:20Z) answers=(8 by=7) links=https://a.example/1,2 hashtags=trees گل",
        "account 8 handle=elm bio=«» location=«» created=2014-01-01T00:00:00Z",
        "post 13 by=8 text=«no time»",
    ];
    assert_eq!(item_lines("minet", SAMPLE), expected);
}
