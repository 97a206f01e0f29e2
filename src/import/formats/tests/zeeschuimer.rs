use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/zeeschuimer.ndjson");

#[test]
fn posts_wherever_the_website_keeps_things() {
    let expected = [
        "account 5 handle=birch name=«Birch» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=true avatar=https://pictures.example/5.jpg seen=2024-01-24T12:40:00.123Z",
        "post 11 by=5 at=2024-01-24T03:00:05Z text=«RT @rose: We plant…» retweets=(10 by=6 at=2024-01-24T03:00:00Z text=«We plant trees & flowers, and then we water them») language=en client=Web App",
        "account 6 handle=rose name=«Rose 🌹» bio=«I plant» location=«Here» created=2013-06-02T08:00:00Z followers=1 following=2 verified=true avatar=https://pictures.example/6.jpg seen=2024-01-24T12:40:00.123Z",
        "post 10 by=6 at=2024-01-24T03:00:00Z text=«We plant trees & flowers, and then we water them» quotes=(8 by=7 at=2024-01-23T03:00:00Z text=«Look») links=https://a.example/1 hashtags=Trees language=en client=Phone",
        "account 7 handle=elm name=«Elm» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=true avatar=https://pictures.example/7.jpg seen=2024-01-24T12:40:00.123Z",
        "post 8 by=7 at=2024-01-23T03:00:00Z text=«Look» language=en",
        "post 12 by=5 at=2024-01-24T03:00:05Z text=«می\u{200c}کاریم» quotes=(9) answers=(7 by=6) language=en",
        "account 5 handle=birch name=«Birch» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=true avatar=https://pictures.example/5.jpg seen=2024-01-24T03:00:05Z",
        "post 13 by=5 at=2024-01-24T03:00:05Z text=«RT @oak: gone but said» retweets=(~text:oak:5be99bf6af04e64c text=«gone but said») language=en",
        "account 5 handle=birch name=«Birch» bio=«» seen=2024-01-24T03:00:06Z",
        "post 14 by=5 at=2024-01-24T03:00:06Z text=«old» client=Old",
        "line 5: there is no post with an id and an author",
    ];
    assert_eq!(item_lines("zeeschuimer", SAMPLE), expected);
}
