use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use super::*;
use crate::model::{Counts, ObjectId, ObjectKind};
use crate::store::Store;

const NATIVE: &str = r#"{"type":"account","id":"1","handle":"amber_lake","name":"Amber","bio":"","followers":86,"following":112,"created_at":"2013-06-02T00:00:00Z","observed_at":1700000000,"future_field":[1,2]}
{"type":"post","id":"p1","author_id":1,"created_at":"2024-01-01T10:00:05Z","retweet_of":{"id":"t1","author_id":"9","created_at":"2024-01-01T10:00:00Z","text":"We plant trees"}}
{"type":"post","id":"p2","author_id":"9","created_at":"2024-01-01 10:00","text":"We plant trees"}
"#;

const V1: &str = r#"{"id_str":"20","created_at":"Wed Oct 10 20:19:24 +0000 2018","full_text":"RT @x: Tom &amp; Jo…","user":{"id_str":"5","screen_name":"birch","name":"B","description":null,"followers_count":3,"friends_count":4,"statuses_count":5,"created_at":"Tue Mar 21 20:50:14 +0000 2006","profile_image_url_https":"https://pictures.example/b.jpg","verified":false},"retweeted_status":{"id_str":"10","created_at":"Wed Oct 10 20:00:00 +0000 2018","text":"Tom &amp; J…","extended_tweet":{"full_text":"Tom &amp; Jo plant trees"},"user":{"id_str":"6","screen_name":"x"}}}
{"delete":{"status":{"id_str":"3"}}}
"#;

struct Folder {
    folder: tempfile::TempDir,
    store: Store,
}

impl Folder {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), store: Store::in_memory().unwrap() }
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&mut self, paths: &[PathBuf]) -> ImportSummary {
        let request = ImportRequest { paths: paths.to_vec(), ..ImportRequest::default() };
        import(&mut self.store, &request, &NoProgress).unwrap()
    }
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_file_imported_twice_and_packed_changes_nothing() {
    let mut it = Folder::new();
    let plain = it.write("a.jsonl", format!("\u{feff}{}", NATIVE.replace('\n', "\r\n")));
    let first = it.import(std::slice::from_ref(&plain)).after;
    assert_eq!((first.accounts, first.posts, first.retweets, first.targets), (2, 2, 1, 1));
    let version = it.store.data_version().unwrap();
    let packed = [
        it.write("b.jsonl.gz", gzip(NATIVE.as_bytes())),
        it.write("c", zstd::encode_all(NATIVE.as_bytes(), 1).unwrap()),
    ];
    assert_eq!(it.import(std::slice::from_ref(&plain)).after, first);
    assert_eq!(it.store.data_version().unwrap(), version);
    assert_eq!(it.import(&[plain, packed[0].clone(), packed[1].clone()]).after, first);
    assert_eq!(it.store.imports().unwrap().len(), 3);
    let bytes = fs::read(&packed[0]).unwrap();
    assert_eq!(it.store.imports().unwrap()[1].file.bytes, bytes.len() as u64);
}

#[test]
fn what_cannot_be_imported_is_said_and_the_rest_stays() {
    let mut it = Folder::new();
    let good = it.write("good.jsonl", NATIVE);
    let cases = [
        (it.write("empty.jsonl", ""), "is empty"),
        (it.write("blank.jsonl", "\n \n"), "is empty"),
        (it.write("binary.jsonl", [5, 1, 2, 3, 0, 9]), "not a text file"),
        (it.write("picture.jsonl", b"\x89PNG\r\n\x1a\n\0"), "--avatars"),
        (
            it.write("array.json", "[{\"rest_id\":1}]"),
            "the keys `rest_id`; name its format with --format (zeeschuimer)",
        ),
        (it.write("laid_out.json", "{\n  \"x\": []\n}"), "the keys `x`; name its format with --format (native, "),
        (
            it.write("other.csv", "name,age\nx,3\n"),
            "the columns `name`, `age`; name its format with --format (native, ",
        ),
        (it.write("near.csv", "account_id,object_id,when\n"), "(coortweet), or its columns with --map account="),
        (it.write("prose.txt", "Dear all"), "it begins with `Dear all`"),
        (it.folder.path().join("missing.jsonl"), "cannot read"),
        (it.folder.path().join("none"), "no data file"),
    ];
    fs::create_dir(it.folder.path().join("none")).unwrap();
    let mut paths: Vec<PathBuf> = cases.iter().map(|(path, _)| path.clone()).collect();
    paths.insert(4, good);
    let summary = it.import(&paths);
    assert_eq!(summary.errors.len(), cases.len());
    let mut said: Vec<String> = summary.errors.iter().map(ToString::to_string).collect();
    for (path, wanted) in &cases {
        let index = said.iter().position(|text| text.contains(wanted) && text.contains(&path.display().to_string()));
        said.remove(index.unwrap_or_else(|| panic!("{wanted}: {said:?}")));
    }
    assert_eq!(summary.after.posts, 2, "what lies between them is imported");
}

#[test]
fn torn_files_give_what_they_hold() {
    let mut it = Folder::new();
    let torn = it.write("torn.jsonl", &NATIVE.as_bytes()[..NATIVE.len() - 30]);
    let mut long = NATIVE.repeat(300).into_bytes();
    long.extend(format!("{{\"type\":\"post\",\"id\":\"{}\"", "z".repeat(9)).bytes());
    let mut packed = gzip(
        &(0..9_000)
            .flat_map(|n| {
                format!("{{\"type\":\"post\",\"id\":\"q{n}\",\"author_id\":\"{}\"}}\n", n * 7919 % 1000).into_bytes()
            })
            .collect::<Vec<_>>(),
    );
    packed.truncate(packed.len() * 2 / 3);
    let packed = it.write("torn.jsonl.gz", packed);
    let mixed = it.write(
        "mixed.jsonl",
        [NATIVE.as_bytes(), b"{\"type\":\"post\",\"id\":\"\xff\"}\nnot json\n", NATIVE.as_bytes()].concat(),
    );
    let summary = it.import(&[torn, packed, mixed]);
    assert!(summary.errors.is_empty(), "{:?}", summary.errors);
    assert_eq!(summary.files.iter().map(|file| file.skipped).collect::<Vec<_>>(), [1, 1, 2]);
    assert!(summary.files[1].records > 100 && summary.files[1].reasons[0].reason.contains("ends early"));
    assert_eq!(summary.files[2].reasons.iter().map(|line| line.line).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(summary.after.skipped, 4);
}

#[test]
fn a_folder_gives_its_data_files_and_their_pictures() {
    let mut it = Folder::new();
    let picture = |shade| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(20, 20, image::Rgb([shade; 3]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let account = |id: &str, picture: &str| {
        format!("{{\"type\":\"account\",\"id\":\"{id}\",\"handle\":\"h{id}\",\"avatar\":\"{picture}\"}}\n")
    };
    it.write(
        "data/x/accounts.jsonl",
        [account("1", "p/a.png"), account("2", "p/a.png"), account("3", "../../secret.png"), account("4", "p/bad.png")]
            .concat(),
    );
    it.write("data/x/p/a.png", picture(10));
    it.write("data/x/p/bad.png", "no picture");
    it.write("data/truth.csv", "account_id,role\n1,x\n");
    it.write("secret.png", picture(99));
    it.write("named/H3.png", picture(50));
    it.write("named/nobody.png", picture(51));
    let request = ImportRequest {
        paths: vec![it.folder.path().join("data")],
        format: None,
        map: None,
        platform: None,
        avatars: Some(it.folder.path().join("named")),
    };
    let summary = import(&mut it.store, &request, &NoProgress).unwrap();
    assert!(summary.errors.is_empty());
    assert_eq!(summary.left_alone.len(), 1);
    assert_eq!(summary.after.avatars, 2);
    let mut skipped: Vec<String> =
        summary.skipped_pictures.iter().map(|(path, _)| path.file_name().unwrap().to_string_lossy().into()).collect();
    skipped.sort();
    assert_eq!(skipped, ["bad.png", "nobody.png", "secret.png"]);
    let avatars: Vec<bool> = it.store.accounts().unwrap().iter().map(|account| account.avatar.is_some()).collect();
    assert_eq!(avatars, [true, true, true, false]);
}

#[test]
fn a_cancelled_import_says_so() {
    struct Stop;
    impl ImportProgress for Stop {
        fn advanced(&self, _: u64, _: u64) {}
        fn is_cancelled(&self) -> bool {
            true
        }
    }
    let mut it = Folder::new();
    let path = it.write("a.jsonl", NATIVE.repeat(2_000));
    let request = ImportRequest { paths: vec![path], ..ImportRequest::default() };
    assert!(matches!(import(&mut it.store, &request, &Stop), Err(ImportError::Cancelled)));
    assert_eq!(it.store.counts().unwrap(), Counts::default());
    let request = ImportRequest { format: Some("xml".to_owned()), ..ImportRequest::default() };
    assert!(matches!(import(&mut it.store, &request, &NoProgress), Err(ImportError::NoSuchFormat { .. })));
}

fn real(part: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("BOT_TUI_REAL_DATA").map(|folder| Path::new(&folder).join(part));
    if folder.is_none() {
        println!("skipped: BOT_TUI_REAL_DATA is not set");
    }
    folder
}

/// Accounts, targets and who shared what when, by platform ids.
fn content(store: &Store) -> Vec<String> {
    let accounts = store.accounts().unwrap();
    let mut lines: Vec<String> = accounts
        .iter()
        .map(|account| {
            format!(
                "{} {:?} {} {}",
                account.platform_id, account.profile, account.activity.posts, account.activity.retweets
            )
        })
        .collect();
    let mut shares = Vec::new();
    let push = &mut |row| {
        shares.push(row);
        ControlFlow::Continue(())
    };
    store.for_each_share(ObjectKind::RetweetedPost, push).unwrap();
    let name = |id| accounts.iter().find(|account| account.id == id).unwrap().platform_id.clone();
    for share in shares {
        let object = &store.objects(&[ObjectId(share.object.0)]).unwrap()[0];
        let author = object.author.map(name);
        lines.push(format!(
            "{} {author:?} {:?} {:?} {} {:?} {}",
            object.key,
            object.created_at,
            object.text,
            name(share.account),
            share.at,
            share.own
        ));
    }
    lines.sort();
    lines
}

#[test]
fn real_pages_and_flattened_tweets_give_equal_caches() {
    let Some(folder) = real("formats") else { return };
    let caches = ["twarc2_flat.jsonl", "twarc2_noflat.jsonl"].map(|name| {
        let mut it = Folder::new();
        let summary = it.import(&[folder.join(name)]);
        assert_eq!((summary.after.retweets, summary.after.accounts, summary.after.skipped), (47, 178, 0));
        assert_eq!(summary.after.posts, 164);
        content(&it.store)
    });
    assert_eq!(caches[0], caches[1]);
}

#[test]
fn the_real_table_gives_its_known_counts() {
    let Some(folder) = real("co_retweet") else { return };
    let mut it = Folder::new();
    let after = it.import(&[folder.join("retweets.csv")]).after;
    assert_eq!((after.retweets, after.accounts, after.targets, after.posts), (34_829, 9_509, 7_257, 34_829));
}

#[test]
fn real_events_of_bluesky_give_their_reposts() {
    let Some(folder) = real("formats") else { return };
    let mut it = Folder::new();
    let summary = it.import(&[folder.join("jetstream_v1.jsonl.gz")]);
    let (file, after) = (&summary.files[0], summary.after);
    assert_eq!((after.retweets, after.targets, after.posts, file.skipped), (15, 15, 32, 0));
    assert_eq!((file.deletions, file.messages), (1, 119));
}

#[test]
fn documents_give_what_lines_give() {
    let lines: Vec<&str> = V1.lines().collect();
    let laid_out = |line: &str| serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(line).unwrap());
    let laid_out: Vec<String> = lines.iter().map(|line| laid_out(line).unwrap()).collect();
    let texts = [
        V1.to_owned(),
        format!("[{}]", lines.join(",")),
        format!("\u{feff}[\r\n{}\r\n]\r\n", laid_out.join(",\n").replace('\n', "\r\n")),
        laid_out.join("\n"),
        format!("[{}]\n[{}]\n", lines[0], lines[1]),
    ];
    let contents = texts.map(|text| {
        let mut it = Folder::new();
        let path = it.write("tweets.json", text);
        let summary = it.import(&[path]);
        assert_eq!((summary.files[0].records, summary.files[0].messages, summary.after.skipped), (4, 1, 0));
        content(&it.store)
    });
    assert!(contents.iter().all(|content| *content == contents[0]));
}

#[test]
fn long_documents_are_read_to_their_end() {
    let mut it = Folder::new();
    let post = |n: u32| {
        format!("{{\"type\":\"post\",\"id\":\"p{n}\",\"author_id\":\"a\",\"text\":\"{}\"}}", "x".repeat(2_000))
    };
    let posts: Vec<String> = (0..2_000).map(post).collect();
    let path = it.write("posts.json", format!("[{}]", posts.join(", ")));
    assert_eq!(it.import(&[path]).after.posts, 2_000);
}

fn mapped(it: &mut Folder, text: &str, map: &str) -> ImportSummary {
    let path = it.write("table.csv", text);
    let request = ImportRequest { paths: vec![path], map: Some(map.parse().unwrap()), ..ImportRequest::default() };
    import(&mut it.store, &request, &NoProgress).unwrap()
}

#[test]
fn columns_of_any_table_are_told_by_name_or_number() {
    let rows = "7.0,t1,1600000000,@amber,We plant trees,https://a.example/1|https://b.example/\n8,t1,,birch,,\n";
    let by_name = format!("who;what;when;name;said;where\n{}", rows.replace(',', ";"));
    let tables = [
        (by_name.clone(), "account=who,target=what,time=when,handle=name,text=said,url=where"),
        (by_name, "account=1, target=2, time=3, handle=4, text=5, url=6"),
        (rows.to_owned(), "account=1,target=2,time=3,handle=4,text=5,url=6"),
    ];
    let contents = tables.map(|(text, map)| {
        let mut it = Folder::new();
        let summary = mapped(&mut it, &text, map);
        assert_eq!((summary.after.retweets, summary.after.accounts, summary.after.skipped), (2, 2, 0), "{map}");
        assert_eq!(summary.files[0].format, "map");
        content(&it.store)
    });
    assert!(contents.iter().all(|content| *content == contents[0]));
    assert!(contents[0].iter().any(|line| line.starts_with("7 Profile { handle: Some(\"amber\")")), "{contents:?}");
}

#[test]
fn a_map_that_does_not_fit_lists_the_columns_that_there_are() {
    let mut it = Folder::new();
    let summary = mapped(&mut it, "who,what\n1,2\n", "account=who,target=whom");
    let said = summary.errors[0].to_string();
    assert!(said.contains("no column `whom` among its 2 columns `who`, `what`"), "{said}");
    let refused = |map: &str| map.parse::<ColumnMap>().unwrap_err().to_string();
    assert!(refused("account").contains("account=user_id"));
    assert!(refused("account=a,tarjet=b").contains("use account, target, time"));
    assert!(refused("account=a,account=b").contains("twice"));
    assert!(refused("target=a").contains("add account=COLUMN"));
    assert!(refused("account=a,time=b").contains("add target=COLUMN"));
    let request = ImportRequest {
        paths: vec![it.write("x.csv", "a,b\n1,2\n")],
        format: Some("minet".to_owned()),
        ..ImportRequest::default()
    };
    let said = import(&mut it.store, &request, &NoProgress).unwrap().errors[0].to_string();
    assert!(said.contains("as minet: the heading has no column `id`; it has `a`, `b`"), "{said}");
}
