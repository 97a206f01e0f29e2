use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/twscrape.jsonl");

#[test]
fn tweets_with_what_they_hold() {
    let expected = [
        "account 5 handle=birch name=«Birch 🌳» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-24T03:00:05Z",
        "post 1750000000000000002 by=5 at=2024-01-24T03:00:05Z text=«RT @rose: We plant trees & fl…» retweets=(1750000000000000001 by=6 at=2024-01-24T03:00:00Z text=«We plant trees & flowers, and then we water them for as long as it takes») language=en client=Web App",
        "account 6 handle=rose name=«Rose» bio=«» location=«» followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-24T03:00:05Z",
        "post 1750000000000000001 by=6 at=2024-01-24T03:00:00Z text=«We plant trees & flowers, and then we water them for as long as it takes» quotes=(9 by=7 at=2024-01-23T03:00:00Z text=«Look») hashtags=Trees language=en",
        "account 7 handle=elm name=«Birch 🌳» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-24T03:00:05Z",
        "post 9 by=7 at=2024-01-23T03:00:00Z text=«Look» language=en",
        "account 5 handle=birch name=«Birch 🌳» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg seen=2024-01-24T03:00:06Z",
        "post 12 by=5 at=2024-01-24T03:00:06Z text=«می\u{200c}کاریم» answers=(8 by=7) links=https://a.example/1 hashtags=گل language=fa client=Phone",
        "account 8 handle=oak name=«Birch 🌳» bio=«» location=«» created=2013-06-02T08:00:00Z followers=86 following=112 statuses=407 verified=false avatar=https://pictures.example/5.jpg",
        "line 4: the tweet or its user has no id",
    ];
    assert_eq!(item_lines("twscrape", SAMPLE), expected);
}
