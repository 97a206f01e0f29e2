use super::*;

fn post(id: &str, author: &str, at: i64) -> PostRecord {
    PostRecord {
        platform_id: id.to_owned(),
        author: author.to_owned(),
        created_at: Some(Timestamp(at)),
        ..PostRecord::default()
    }
}

fn reference(id: &str, author: Option<&str>) -> Option<PostReference> {
    Some(PostReference { platform_id: id.to_owned(), author: author.map(str::to_owned), ..PostReference::default() })
}

/// As the coordination-network-toolkit writes retweets: nobody says whose the post is.
fn unsigned(id: &str, author: &str, target: &str, at: i64) -> PostRecord {
    PostRecord { retweet_of: reference(target, None), ..post(id, author, at) }
}

fn take_in(store: &mut Store, posts: &[&PostRecord]) {
    let mut session = store.import_session().unwrap();
    for record in posts {
        let kinds = [ObjectKind::RetweetedPost, ObjectKind::RepliedPost, ObjectKind::QuotedPost];
        let named = kinds.into_iter().zip([&record.retweet_of, &record.reply_to, &record.quote_of]);
        let objects = named.filter_map(|(kind, post)| {
            let PostReference { platform_id: key, author, created_at, text, synthetic } = post.clone()?;
            Some(ObjectRecord { kind, key, author, created_at, text, synthetic })
        });
        session.post(record, &objects.collect::<Vec<_>>());
    }
    session.finish().unwrap();
}

/// Sharer, target, and whether it shared a post of its own; targets with their authors and times; posts, retweets among
/// them, targets, and targets of the author retweeted most, by account.
type Summary = (Vec<(String, String, bool)>, Vec<(String, Option<String>, Option<i64>)>, Vec<(String, [u32; 4])>);

fn summary(store: &Store) -> Summary {
    let origins = store.origins().unwrap();
    let mut rows: Vec<_> = shares(store)
        .iter()
        .map(|row| (name(store, "account", row.account.0), name(store, "object", row.object.0), row.own))
        .collect();
    rows.sort();
    let mut targets: Vec<_> = shares(store)
        .iter()
        .map(|row| {
            let author = origins.author(row.object).map(|author| name(store, "account", author.0));
            (name(store, "object", row.object.0), author, origins.created_at(row.object).map(|at| at.0))
        })
        .collect();
    targets.sort();
    targets.dedup();
    let did = store.accounts().unwrap().into_iter().map(|account| {
        let did = account.activity;
        (account.platform_id, [did.posts, did.retweet_posts, did.retweets, did.top_author_retweets])
    });
    let mut did: Vec<_> = did.collect();
    did.sort();
    (rows, targets, did)
}

fn records() -> Vec<PostRecord> {
    vec![
        // p is a post of z in the data; q is replied to, and r quoted; nobody knows whose s is.
        post("p", "z", 100),
        PostRecord { reply_to: reference("q", Some("y")), ..post("4", "b", 4_000) },
        PostRecord { quote_of: reference("r", Some("z")), ..post("5", "b", 5_000) },
        unsigned("6", "a", "p", 6_000),
        unsigned("7", "a", "q", 7_000),
        unsigned("8", "a", "r", 8_000),
        unsigned("9", "a", "s", 9_000),
        unsigned("10", "z", "p", 10_000),
        unsigned("11", "y", "q", 11_000),
        // It retweets p once more.
        unsigned("12", "a", "p", 12_000),
    ]
}

#[test]
fn an_author_is_known_from_the_post_itself_a_reply_or_a_quote_in_whatever_order() {
    let records = records();
    let row = |who: &str, what: &str, own| (who.to_owned(), what.to_owned(), own);
    let target = |what: &str, author: Option<&str>, at| (what.to_owned(), author.map(str::to_owned), at);
    let did = |who: &str, numbers| (who.to_owned(), numbers);
    let expected = (
        vec![
            row("a", "p", false),
            row("a", "q", false),
            row("a", "r", false),
            row("a", "s", false),
            row("y", "q", true),
            row("z", "p", true),
        ],
        vec![
            target("p", Some("z"), Some(100)),
            target("q", Some("y"), None),
            target("r", Some("z"), None),
            target("s", None, None),
        ],
        vec![did("a", [5, 5, 4, 2]), did("b", [2, 0, 0, 0]), did("y", [1, 1, 0, 0]), did("z", [2, 1, 0, 0])],
    );
    let mut orders = vec![(0..records.len()).collect::<Vec<_>>(), (0..records.len()).rev().collect()];
    orders.extend([3, 7].map(|step| (0..records.len()).map(|place| place * step % records.len()).collect()));
    for order in orders {
        let posts: Vec<&PostRecord> = order.iter().map(|&place| &records[place]).collect();
        let mut store = Store::in_memory().unwrap();
        take_in(&mut store, &posts);
        assert_eq!(summary(&store), expected, "{order:?}");
        let mut store = Store::in_memory().unwrap();
        for post in posts {
            take_in(&mut store, &[post]);
        }
        assert_eq!(summary(&store), expected, "{order:?}, one by one");
    }
}

#[test]
fn a_post_of_another_platform_tells_nothing() {
    let mut store = Store::in_memory().unwrap();
    for (path, platform, post) in [("1", "x", unsigned("6", "a", "7", 5)), ("2", "mastodon", post("7", "b", 1))] {
        let mut session = store.import_session().unwrap();
        let start = ImportStart {
            path: path.to_owned(),
            head: path.to_owned(),
            sha256: None,
            bytes: 1,
            format: "test".to_owned(),
            platform: crate::model::Platform::named(platform),
            at: Timestamp(0),
        };
        session.begin(&start).unwrap();
        add_post(&mut session, &post);
        session.finish().unwrap();
    }
    assert_eq!(store.origins().unwrap().author(shares(&store)[0].object), None);
}

/// The posts of a cache as they are read: id, author, time, whether a retweet.
fn live(store: &Store) -> Vec<(String, String, Option<i64>, bool)> {
    let mut posts = Vec::new();
    let each = |id: &[u8], post: live::LivePost| {
        posts.push((String::from_utf8_lossy(id).into_owned(), post.account, post.at, post.retweet));
        ControlFlow::Continue(())
    };
    store.for_each_post(each).unwrap();
    posts.into_iter().map(|(id, account, at, retweet)| (id, name(store, "account", account), at, retweet)).collect()
}

#[test]
fn a_post_of_several_authors_is_of_the_first_in_the_order_of_ids_whatever_the_order_of_records() {
    let records = [
        retweet("1", "c", "t", None, Some(9), Some("RT one")),
        retweet("1", "a", "t", None, None, None),
        PostRecord { retweet_of: None, ..retweet("1", "b", "t", None, Some(4), Some("other words")) },
    ];
    // A checkpoint behind the first so many records: all in one run, and in two.
    for (order, behind) in
        [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]].into_iter().flat_map(|o| [(o, 3), (o, 1), (o, 2)])
    {
        let mut store = Store::in_memory().unwrap();
        let mut session = store.import_session().unwrap();
        for (place, number) in order.into_iter().enumerate() {
            add_post(&mut session, &records[number]);
            if place + 1 == behind {
                session.checkpoint().unwrap();
            }
        }
        session.finish().unwrap();
        assert_eq!(live(&store), [("1".to_owned(), "a".to_owned(), Some(4), true)], "{order:?} {behind}");
    }
}

#[test]
fn the_first_accounts_are_the_first_by_their_ids() {
    let mut store = Store::in_memory().unwrap();
    let mut session = store.import_session().unwrap();
    for id in ["c", "a", "d", "b"] {
        session.account(&account(id, None, None, None)).unwrap();
    }
    session.finish().unwrap();
    let (first, _) = store.first_accounts(3).unwrap();
    assert_eq!(first.iter().map(|one| one.platform_id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
}
