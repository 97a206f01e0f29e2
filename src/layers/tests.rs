use super::*;
use crate::model::Timestamp;

/// Kind, key, author, time and text of each object.
type OwnedFields = (ObjectKind, String, Option<String>, Option<Timestamp>, Option<String>);

fn objects(post: &PostRecord) -> Vec<OwnedFields> {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let mut found = Vec::new();
    shared_objects(&post.borrowed(), |object| {
        found.push((object.kind, object.key.to_owned(), own(object.author), object.created_at, own(object.text)));
    });
    found
}

fn reference(id: &str, author: &str) -> Option<PostReference> {
    Some(PostReference {
        platform_id: id.to_owned(),
        author: Some(author.to_owned()),
        created_at: Some(Timestamp(5)),
        text: Some("what it says".to_owned()),
        synthetic: false,
    })
}

fn post() -> PostRecord {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    PostRecord {
        platform_id: "1".to_owned(),
        author: "a".to_owned(),
        created_at: Some(Timestamp(9)),
        text: Some("@b We will plant trees tomorrow https://t.co/x".to_owned()),
        retweet_of: None,
        quote_of: reference("20", "q"),
        reply_to: reference("30", "r"),
        links: words(&["https://News.example/x?utm_source=y&id=1#z", "no link"]),
        hashtags: words(&["#Élan", "آزادي", "#"]),
        ..PostRecord::default()
    }
}

fn keys(post: &PostRecord) -> Vec<(&'static str, String)> {
    objects(post).into_iter().map(|(kind, key, ..)| (kind.layer(), key)).collect()
}

#[test]
fn a_post_shares_an_object_of_every_kind_that_it_holds() {
    let objects = objects(&post());
    let (kind, name, .., said) = objects.last().unwrap();
    assert_eq!((*kind, said.as_deref()), (ObjectKind::Text, post().text.as_deref()), "shown as written");
    let expected = [
        ("co-link", "https://news.example/x?id=1"),
        ("co-hashtag", "elan"),
        ("co-hashtag", "ازادی"),
        ("co-reply", "30"),
        ("co-quote", "20"),
        ("co-text", name.as_str()),
    ];
    assert_eq!(keys(&post()), expected.map(|(layer, key)| (layer, key.to_owned())));
    let hashtags = objects.iter().filter(|(kind, ..)| *kind == ObjectKind::Hashtag);
    let written: Vec<Option<&str>> = hashtags.map(|(.., text)| text.as_deref()).collect();
    assert_eq!(written, [Some("Élan"), Some("آزادي")]);
    let (_, _, author, at, text) = objects.iter().find(|(kind, ..)| *kind == ObjectKind::QuotedPost).unwrap();
    assert_eq!((author.as_deref(), *at, text.as_deref()), (Some("q"), Some(Timestamp(5)), Some("what it says")));
}

#[test]
fn a_plain_retweet_shares_what_it_retweets_and_nothing_of_its_own() {
    let retweet = PostRecord { retweet_of: reference("40", "t"), ..post() };
    assert_eq!(keys(&retweet), [("co-retweet", "40".to_owned())]);
}

#[test]
fn equal_statements_are_one_object_whoever_is_addressed() {
    let said = |text: &str| keys(&PostRecord { text: Some(text.to_owned()), ..PostRecord::default() });
    assert_eq!(said("@x we WILL plant trees tomorrow"), said("We will plant trees tomorrow https://t.co/other"));
    assert_ne!(said("we will plant trees tomorrow"), said("we will plant roses tomorrow"));
    assert_eq!(said("plant trees"), []);
}

#[test]
fn every_layer_has_a_name_of_its_own() {
    let names: std::collections::HashSet<_> = ObjectKind::ALL.iter().map(|kind| kind.layer()).collect();
    assert_eq!(names.len(), ObjectKind::ALL.len());
    assert!(names.iter().all(|name| !name.contains(' ')), "the cache writes them in one line");
}
