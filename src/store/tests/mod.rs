mod imports;
mod opening;
mod origins;
mod platforms;
mod sealed;
mod snapshots;
mod tags;
mod version_12;
mod waiting_tags;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::live::Shared;
use super::runs::{PostRun, merge, post_runs};
use super::*;
use crate::model::{
    AccountKey, AccountRecord, AvatarId, AvatarPrint, AvatarRecord, Import, InputFile, Label, LinkParameters,
    ObjectKind, ObjectRecord, PackedThumbnail, PdqHash, PostRecord, PostReference, Profile, ShareRow, SkippedLine, Tag,
    TagBatchKind, TagChange, TagSource, Timestamp,
};

fn account(id: &str, handle: Option<&str>, bio: Option<&str>, observed: Option<i64>) -> AccountRecord {
    let profile = Profile {
        handle: handle.map(str::to_owned),
        bio: bio.map(str::to_owned),
        observed_at: observed.map(Timestamp),
        ..Profile::default()
    };
    AccountRecord { platform_id: id.to_owned(), profile, avatar_file: None }
}

fn retweet(
    id: &str,
    author: &str,
    target: &str,
    target_author: Option<&str>,
    at: Option<i64>,
    text: Option<&str>,
) -> PostRecord {
    PostRecord {
        platform_id: id.to_owned(),
        author: author.to_owned(),
        created_at: at.map(Timestamp),
        text: text.map(str::to_owned),
        retweet_of: Some(PostReference {
            platform_id: target.to_owned(),
            author: target_author.map(str::to_owned),
            created_at: None,
            text: text.map(|text| text.trim_start_matches("RT ").to_owned()),
            synthetic: false,
        }),
        ..PostRecord::default()
    }
}

fn picture(byte: u8) -> AvatarRecord {
    let mut jpeg = Vec::new();
    let pixel = image::RgbImage::from_pixel(1, 1, image::Rgb([byte; 3]));
    image::codecs::jpeg::JpegEncoder::new(&mut jpeg).encode_image(&pixel).unwrap();
    AvatarRecord {
        sha256: [byte; 32],
        pdq: PdqHash([byte; 32]),
        quality: 80,
        width: 9,
        height: 8,
        turned: [1, 2, 3, 4, 5, 6, 7].map(|turn| PdqHash([byte + turn; 32])),
        thumbnail: PackedThumbnail { width: 1, height: 1, jpeg },
    }
}

/// Everything the cache holds, by platform ids, so that caches can be compared whatever their row numbers, which are in the
/// checksums too.
fn dump(store: &Store) -> Vec<String> {
    let queries = [
        "SELECT platform_id, (SELECT hex(sha256) FROM avatar v WHERE v.id = avatar_id) FROM account ORDER BY 1",
        "SELECT a.platform_id, handle, name, bio, location, created_at, followers, following, statuses, verified,
            avatar_url, declared_bot, observed_at, hex(substr(seen, 9))
         FROM profile JOIN account a ON a.id = account_id ORDER BY 1, import_id",
        "SELECT a.platform_id, field, value FROM profile_value JOIN account a ON a.id = account_id ORDER BY 1, 2, 3",
        "SELECT o.kind, o.key, o.synthetic, a.platform_id, d.created_at, d.text FROM object o
         LEFT JOIN detail d ON d.object_id = o.id LEFT JOIN account a ON a.id = d.author_id ORDER BY 1, 2, import_id",
        "SELECT platform_id FROM deletion ORDER BY 1",
    ];
    let mut lines = Vec::new();
    for query in queries {
        let mut statement = store.connection.prepare(query).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            lines.push((0..columns).map(|column| format!("{:?} ", row.get_ref(column).unwrap())).collect());
        }
    }
    lines.extend(dump_posts(store));
    lines.extend(dump_shares(store));
    lines
}

fn name(store: &Store, table: &str, id: u32) -> String {
    let column = if table == "object" { "key" } else { "platform_id" };
    let sql = format!("SELECT {column} FROM {table} WHERE id = ?1");
    store.connection.query_row(&sql, [id], |row| row.get(0)).unwrap()
}

fn dump_posts(store: &Store) -> Vec<String> {
    let mut posts: BTreeMap<String, (u32, Option<i64>, Option<String>)> = BTreeMap::new();
    let each = |run: &PostRun<'_>| {
        let entry = run.entry();
        let (_, at, text) = posts.entry(entry.id.to_owned()).or_insert((entry.account, None, None));
        *at = at.iter().copied().chain(entry.at).min();
        *text = text.take().into_iter().chain(entry.text.map(str::to_owned)).max_by_key(String::len);
        ControlFlow::Continue(())
    };
    merge(post_runs(&store.connection).unwrap(), each).unwrap();
    let line = |(id, (account, at, text))| format!("{id} by {} {at:?} {text:?}", name(store, "account", account));
    posts.into_iter().map(line).collect()
}

fn dump_shares(store: &Store) -> Vec<String> {
    let mut lines = Vec::new();
    for kind in ObjectKind::ALL {
        let each = |shared: Shared| {
            let (object, account) = (name(store, "object", shared.object), name(store, "account", shared.account));
            lines.push(format!("{object} {} by {account} {:?}", kind.layer(), shared.at));
            ControlFlow::Continue(())
        };
        store.for_each_shared(kind, each).unwrap();
    }
    lines.sort();
    lines
}

fn add_post(session: &mut ImportSession<'_>, post: &PostRecord) {
    let target = post.retweet_of.as_ref().map(|target| ObjectRecord {
        kind: ObjectKind::RetweetedPost,
        key: target.platform_id.clone(),
        author: target.author.clone(),
        created_at: target.created_at,
        text: target.text.clone(),
        synthetic: false,
    });
    session.post(post, target.as_slice());
}

fn fill(store: &mut Store, accounts: &[AccountRecord], posts: &[PostRecord]) {
    let mut session = store.import_session().unwrap();
    for record in accounts {
        session.account(record).unwrap();
    }
    for record in posts {
        add_post(&mut session, record);
    }
    session.finish().unwrap();
}

fn sample() -> (Vec<AccountRecord>, Vec<PostRecord>) {
    let accounts = vec![
        account("1", Some("amber"), Some("old"), Some(10)),
        account("1", None, Some("new"), Some(30)),
        account("1", Some("amber_lake"), Some("middle"), Some(20)),
        account("2", Some("birch"), Some(""), None),
        account("2", Some("birch_hill"), None, None),
    ];
    let posts = vec![
        retweet("p1", "1", "t1", None, Some(500), Some("RT Tomorrow we …")),
        retweet("p2", "1", "t1", Some("9"), Some(400), Some("RT Tomorrow we plant trees")),
        retweet("p3", "2", "t1", None, None, None),
        retweet("p3", "2", "t1", None, Some(700), Some("RT Tomorrow")),
        retweet("p4", "9", "t1", None, Some(900), None),
    ];
    (accounts, posts)
}

fn shares(store: &Store) -> Vec<ShareRow> {
    let mut rows = Vec::new();
    let mut push = |row| {
        rows.push(row);
        ControlFlow::Continue(())
    };
    store.for_each_share(ObjectKind::RetweetedPost, &mut push).unwrap();
    rows
}

#[test]
fn the_order_of_records_and_repeats_change_nothing() {
    let (mut accounts, mut posts) = sample();
    let mut store = Store::in_memory().unwrap();
    fill(&mut store, &accounts, &posts);
    let first = dump(&store);
    fill(&mut store, &accounts, &posts);
    assert_eq!(dump(&store), first);

    accounts.reverse();
    posts.reverse();
    let mut other = Store::in_memory().unwrap();
    for post in &posts {
        fill(&mut other, &[], std::slice::from_ref(post));
    }
    for account in &accounts {
        fill(&mut other, std::slice::from_ref(account), &[]);
    }
    assert_eq!(dump(&other), first);
    fill(&mut other, &[account("1", None, Some("newest"), Some(99))], &[]);
    assert_ne!(dump(&other), first);
}

#[test]
fn each_field_keeps_its_newest_sight() {
    let (accounts, posts) = sample();
    let mut store = Store::in_memory().unwrap();
    fill(&mut store, &accounts, &posts);
    let accounts = store.accounts().unwrap();
    let amber = accounts.iter().find(|account| account.platform_id == "1").unwrap();
    assert_eq!(amber.profile.handle.as_deref(), Some("amber_lake"));
    assert_eq!(amber.profile.bio.as_deref(), Some("new"));
    assert_eq!(amber.profile.observed_at, Some(Timestamp(30)));
    let birch = accounts.iter().find(|account| account.platform_id == "2").unwrap();
    assert_eq!(birch.profile.bio.as_deref(), Some(""), "a blank bio is known to be blank");
}

#[test]
fn of_repeats_the_earliest_known_time_counts_and_own_posts_are_told() {
    let (accounts, posts) = sample();
    let mut store = Store::in_memory().unwrap();
    fill(&mut store, &accounts, &posts);
    let mut found: Vec<_> = shares(&store).iter().map(|share| (share.at.map(|at| at.0), share.own)).collect();
    found.sort_unstable();
    assert_eq!(found, [(Some(400), false), (Some(700), false), (Some(900), true)]);
    let counts = store.counts().unwrap();
    assert_eq!((counts.accounts, counts.posts, counts.retweets, counts.targets), (3, 4, 3, 1));
    let object = &store.objects(&[shares(&store)[0].object]).unwrap()[0];
    assert_eq!(object.text.as_deref(), Some("Tomorrow we plant trees"));
    let amber = &store.accounts().unwrap()[0];
    assert_eq!((amber.activity.posts, amber.activity.retweets, amber.activity.top_author_retweets), (2, 1, 1));
}

#[test]
fn accounts_are_found_by_id_and_by_handle() {
    let mut store = Store::in_memory().unwrap();
    let twins = [account("7", Some("Twin"), None, None), account("8", Some("twin"), None, None)];
    fill(&mut store, &twins, &[]);
    assert_eq!(store.find_account("7").unwrap().len(), 1);
    assert_eq!(store.find_account("@TWIN").unwrap().len(), 2);
    assert!(store.find_account("nobody").unwrap().is_empty());
    let mut session = store.import_session().unwrap();
    assert_eq!(session.find_account("twin").unwrap(), None, "an ambiguous handle names nobody");
    let id = session.account(&account("9", Some("Single"), None, None)).unwrap();
    assert_eq!(session.find_account("@single").unwrap(), Some(id));
}

#[test]
fn equal_pictures_are_stored_once() {
    let mut store = Store::in_memory().unwrap();
    let mut session = store.import_session().unwrap();
    for (id, byte) in [("1", 5), ("2", 5), ("3", 6)] {
        let id = session.account(&account(id, None, None, None)).unwrap();
        session.picture(&picture(byte)).unwrap();
        session.carries(id, &[byte; 32]).unwrap();
    }
    assert_eq!(session.known_pictures().unwrap(), [[5; 32], [6; 32]].into_iter().collect());
    session.finish().unwrap();
    let accounts = store.accounts().unwrap();
    assert_eq!(accounts[0].avatar, accounts[1].avatar);
    assert_ne!(accounts[0].avatar, accounts[2].avatar);
    assert_eq!(store.counts().unwrap().avatars, 2);
    let id = accounts[2].avatar.unwrap();
    let seen = store.picture(id).unwrap().unwrap();
    assert_eq!((seen.sha256, seen.width, seen.height), ([6; 32], 9, 8));
    assert_eq!((seen.thumbnail.width, seen.thumbnail.rgb), (1, vec![6, 6, 6]));
    assert_eq!(store.avatar_prints(false).unwrap()[1], AvatarPrint::new(id, PdqHash([6; 32]), 80));
    let turned = store.avatar_prints(true).unwrap()[1].turned.clone().unwrap();
    assert_eq!(turned[6], PdqHash([13; 32]));
}

#[test]
fn pictures_that_an_earlier_version_read_are_shown_and_read_again() {
    let mut store = Store::in_memory().unwrap();
    let old = "INSERT INTO avatar (sha256, pdq, quality, width, height, thumbnail_width, thumbnail_height, thumbnail)
               VALUES (?1, ?2, 3, 2, 1, 2, 1, x'010203040506')";
    store.connection.execute(old, ([7_u8; 32], [0_u8; 32])).unwrap();
    pictures::seal_pictures(&store.connection).unwrap();
    let id = AvatarId(1);
    assert_eq!(store.picture(id).unwrap().unwrap().thumbnail.rgb, [1, 2, 3, 4, 5, 6]);
    let mut session = store.import_session().unwrap();
    assert!(session.known_pictures().unwrap().is_empty());
    session.picture(&picture(7)).unwrap();
    assert_eq!(session.known_pictures().unwrap().len(), 1);
    session.finish().unwrap();
    assert_eq!(store.picture(id).unwrap().unwrap().print.quality, 80);
}

#[test]
fn what_was_checkpointed_stays() {
    let mut store = Store::in_memory().unwrap();
    let mut session = store.import_session().unwrap();
    session.account(&account("1", None, None, None)).unwrap();
    session.checkpoint().unwrap();
    session.account(&account("2", None, None, None)).unwrap();
    drop(session);
    assert_eq!(store.counts().unwrap().accounts, 1);
}

fn tag(label: Option<Label>, note: Option<&str>) -> Tag {
    Tag { label, note: note.map(str::to_owned) }
}

fn named(id: &str) -> AccountKey {
    AccountKey { id: id.to_owned(), ..AccountKey::default() }
}

#[test]
fn files_that_are_not_ours_are_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "these are notes, long enough to be no empty file of any kind\n".repeat(50)).unwrap();
    let before = std::fs::read(&text).unwrap();
    assert!(matches!(Store::open(&text), Err(StoreError::Foreign { .. })));
    assert_eq!(std::fs::read(&text).unwrap(), before);

    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    assert!(matches!(Store::open(&other), Err(StoreError::Foreign { .. })));
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Unusable { .. })));

    let newer = folder.path().join("newer.db");
    drop(Store::open(&newer).unwrap());
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(Store::open(&newer), Err(StoreError::Newer { found: 99, .. })));
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_cache() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/cache.db");
    let mut store = Store::open(&path).unwrap();
    fill(&mut store, &[account("1", None, None, None)], &[]);
    for name in ["deep/cache.db", "deep/cache.db-wal"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
