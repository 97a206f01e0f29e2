use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/4cat.csv");

#[test]
fn a_table_that_tells_no_retweeted_post() {
    let target = "~text:rose:7546330bf393c1ac";
    let expected = [
        "account 5 handle=birch name=«Birch» bio=«» location=«Somewhere» followers=86 following=112 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-01T10:00:05Z".to_owned(),
        format!("post 11 by=5 at=2024-01-01T10:00:05Z text=«RT @Rose: We plant\ntrees, \"all\" of us 🌳» retweets=({target} text=«We plant\ntrees, \"all\" of us 🌳») hashtags=Trees language=en client=Web App"),
        "account 6 handle=elm seen=2024-01-01T10:00:07Z".to_owned(),
        format!("post 12 by=6 at=2024-01-01T10:00:07Z text=«RT @Rose we plant trees, \"all\" of us 🌳» retweets=({target} text=«we plant trees, \"all\" of us 🌳»)"),
        "account 6 handle=elm name=«Elm» bio=«» location=«» seen=2024-01-01T10:00:09Z".to_owned(),
        "post 13 by=6 at=2024-01-01T10:00:09Z text=«می\u{200c}کاریم» quotes=(9 text=«Look») links=https://a.example/1,2 https://b.example/ hashtags=Trees گل".to_owned(),
        "account 5 handle=Birch".to_owned(),
        "post 14 by=5 text=«RT @birch: mine» retweets=(~text:birch:3fd30542fe3f61b1 by=5 text=«mine»)".to_owned(),
        "line 7: the id 1.04613E+18 was rounded, perhaps by a spreadsheet; import the original export".to_owned(),
        "line 8: unix_timestamp: `soon` is no time".to_owned(),
    ];
    assert_eq!(item_lines("4cat", SAMPLE), expected);
}
