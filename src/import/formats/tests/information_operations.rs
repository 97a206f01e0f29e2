use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/information-operations.csv");

#[test]
fn hashed_and_unhashed_rows() {
    let target = "(~text:rose:414b30e9075b30ac text=«We plant trees»)";
    let expected = [
        "account kq0+Zx9w/A== bio=«» created=2013-06-02T00:00:00Z followers=12 following=30".to_owned(),
        "post 101 by=kq0+Zx9w/A== at=2018-10-10T20:19:00Z text=«RT @rose: ما درخت می\u{200c}کاریم…» retweets=(90 by=6 text=«ما درخت می\u{200c}کاریم…») links=https://a.example/1,2 https://twitter.com/x/status/80 hashtags=Trees گل language=fa client=Web Client".to_owned(),
        "account 7 handle=elm name=«Elm 🌳» bio=«I plant\ntrees»".to_owned(),
        "post 102 by=7 at=2018-10-10T20:20:00Z text=«look» quotes=(80) answers=(70 by=6) links=https://a.example/1,2".to_owned(),
        "account 7 handle=elm bio=«»".to_owned(),
        format!("post 103 by=7 text=«RT @Rose: We plant trees» retweets={target}"),
        "account 7 handle=elm bio=«»".to_owned(),
        format!("post 104 by=7 at=2018-10-10T20:21:00Z text=«RT @Rose: we plant  trees» retweets={}", target.replace("We plant trees", "we plant  trees")),
        "line 7: the id 1.0461323648729825e+18 was rounded, perhaps by a spreadsheet; import the original export".to_owned(),
        "line 8: userid is empty".to_owned(),
    ];
    assert_eq!(item_lines("information-operations", SAMPLE), expected);
}
