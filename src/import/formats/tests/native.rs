use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/native.jsonl");

#[test]
fn every_field() {
    let expected = [
        "account 1 handle=amber_lake name=«Amber 🌲» bio=«» location=«Here» created=2013-06-02T00:00:00Z followers=86 following=112 statuses=407 verified=false bot=true avatar=https://pictures.example/1.jpg seen=2023-11-14T22:13:20Z picture=avatars/1.jpg",
        "post p1 by=1 at=2024-01-01T10:00:05.25Z retweets=(t1 by=9 at=2024-01-01T10:00:00Z text=«We plant trees»)",
        "post p2 by=9 at=2024-01-01T10:00:00Z text=«می\u{200c}کاریم\n🌳» quotes=(q1) answers=(r1 by=3) links=https://a.example/1 hashtags=گل language=fa client=Web",
        "post p3 by=9 retweets=(~text:rose:1)",
        "line 6: invalid type: floating point `1.5e+18`, expected an id, which is text or a whole number",
        "line 7: an id is empty",
        "line 8: EOF while parsing an object at line 1 column 24",
    ];
    assert_eq!(item_lines("native", SAMPLE), expected);
}
