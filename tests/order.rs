//! The same records in another order, and in other files, give the same answers to the last byte.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod program;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use program::surroundings;
use tempfile::TempDir;

/// A small generator of numbers, so that every run sees the same orders.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for end in (1..all.len()).rev() {
            all.swap(end, self.next(end + 1));
        }
    }
}

/// Everything that a command says of the data. What is left out hangs on the import by its nature: `imports` and `rejects`
/// list files, and `config`, `synth` and `man` read no data.
/// Every rule links; what looks at links is asked under the `last` of them.
fn questions(rules: &[&str], last: usize, accounts: [&str; 3]) -> Vec<Vec<String>> {
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let mut asked = Vec::new();
    for rule in rules {
        asked.push(words(&format!("network --layer all --significance --keep {rule}")));
    }
    for rule in &rules[rules.len() - last..] {
        asked.push(words(&format!("clusters --json --keep {rule}")));
        asked.push(words(&format!("audit --json --keep {rule} {}", accounts[0])));
        asked.push(words(&format!("export --keep {rule}")));
        asked.push(words(&format!("query --json --keep {rule} links>0")));
        asked.push(words(&format!("path --json --keep {rule} {} {}", accounts[1], accounts[2])));
    }
    for rest in [
        "network --layer all --keep all --format jsonl --mirrored",
        "network --layer all --keep cosine:0.2 --format graphml",
        "network --layer all --keep shared:2 --format gexf --weight shared",
        "network --keep cosine:0.1 --top 2",
        "network --keep shared:1 --top 1",
        "network --keep significant:0.05 --top 3",
        "network --keep cosine:0.1 --min-retweets 1 --min-accounts 1",
        "clusters --method components --keep cosine:0.3",
        "clusters --min-size 2 --keep cosine:0.1 --layer co-hashtag --min-retweets 1",
        "clusters --min-size 2 --keep shared-within:1 --window 600",
        "signals --json",
        "signals",
        "stats --json",
        "query followers>0",
        "avatars --json",
        "avatars --json --mirrored --avatar-distance 20",
        "avatars --format csv",
        "export avatar-urls",
    ] {
        asked.push(words(rest));
    }
    asked.push(vec!["audit".to_owned(), accounts[0].to_owned(), accounts[1].to_owned()]);
    asked.push(vec!["signals".to_owned(), accounts[1].to_owned(), accounts[2].to_owned()]);
    asked
}

/// Lines that tell when or of which files something was read, and not what it says.
fn of_the_import(line: &str) -> bool {
    ["\"exported_at\"", "input "].iter().any(|start| line.trim_start().starts_with(start))
}

struct Cache {
    folder: TempDir,
}

impl Cache {
    fn run(&self, arguments: &[String]) -> Vec<u8> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bot-tui"));
        command.env_clear().envs(surroundings()).env("HOME", self.folder.path());
        command.current_dir(self.folder.path()).env("BOT_TUI_CACHE", self.folder.path().join("cache.db"));
        let output = command.args(arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{arguments:?}: {said}");
        output.stdout
    }

    /// Imports these files, one after the other.
    fn with_files(files: &[(String, String)], pictures: Option<&Path>, tagged: &[&str]) -> Self {
        let cache = Self { folder: tempfile::tempdir().unwrap() };
        if let Some(pictures) = pictures {
            let to = cache.folder.path().join("avatars");
            fs::create_dir(&to).unwrap();
            for picture in fs::read_dir(pictures).unwrap() {
                let picture = picture.unwrap();
                fs::copy(picture.path(), to.join(picture.file_name())).unwrap();
            }
        }
        for (name, text) in files {
            fs::write(cache.folder.path().join(name), text).unwrap();
            cache.run(&["import".to_owned(), name.clone()]);
        }
        for account in tagged {
            cache.run(&["tag", account, "unsure"].map(str::to_owned));
        }
        cache
    }

    fn answers(&self, questions: &[Vec<String>]) -> BTreeMap<String, String> {
        let answer = |question: &Vec<String>| {
            let said = String::from_utf8(self.run(question)).unwrap();
            let whole = without_files(&said);
            let compared: String =
                whole.lines().filter(|line| !of_the_import(line)).fold(String::new(), |mut all, line| {
                    let _ = writeln!(all, "{line}");
                    all
                });
            (question.join(" "), compared)
        };
        questions.iter().map(answer).collect()
    }
}

/// A document without the list of imported files, and without its tags, which tell when they were given.
fn without_files(said: &str) -> String {
    let (mut rest, mut kept) = (said, String::new());
    while let Some((start, end)) = [("\"inputs\": [", ']'), ("\"tag\": {", '}')]
        .into_iter()
        .filter_map(|(start, end)| Some((rest.find(start)?, end)))
        .min()
    {
        kept.push_str(&rest[..start]);
        rest = rest[start..].split_once(end).map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// Asks the same of every order of the records; `ways` are dealt to as many threads as there are processors.
fn assert_same(
    records: &[String],
    files: usize,
    ways: u64,
    pictures: Option<&Path>,
    (rules, last): (&[&str], usize),
    accounts: [&str; 3],
) {
    let asked = questions(rules, last, accounts);
    let dealt = |seed: u64| {
        let mut numbers = Numbers(seed);
        let mut records: Vec<&String> = records.iter().collect();
        if seed > 0 {
            numbers.shuffle(&mut records);
        }
        let mut texts = vec![String::new(); files];
        for (place, record) in records.into_iter().enumerate() {
            let file = if seed == 0 { place % files } else { numbers.next(files) };
            texts[file].push_str(record);
            texts[file].push('\n');
        }
        let name = |file| format!("part-{file}.jsonl");
        let mut named: Vec<(String, String)> =
            texts.into_iter().enumerate().map(|(file, text)| (name(file), text)).collect();
        named.retain(|(_, text)| !text.is_empty());
        numbers.shuffle(&mut named);
        Cache::with_files(&named, pictures, &accounts).answers(&asked)
    };
    let first = dealt(0);
    assert!(first.values().filter(|said| said.lines().count() > 3).count() * 3 > first.len() * 2, "most say something");
    let next = AtomicUsize::new(1);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed) as u64;
            if seed > ways {
                return;
            }
            for (question, said) in dealt(seed) {
                differs(&question, &first[&question], &said, seed);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
        work();
    });
}

fn differs(question: &str, first: &str, other: &str, seed: u64) {
    if first == other {
        return;
    }
    let line = first.lines().zip(other.lines()).position(|(one, other)| one != other).unwrap_or_default();
    let around = |text: &str| text.lines().skip(line.saturating_sub(3)).take(8).collect::<Vec<_>>().join("\n");
    assert_eq!(around(first), around(other), "{question}, order {seed}, line {line} of {}", first.lines().count());
    assert_eq!(first.len(), other.len(), "{question}, order {seed}");
}

/// Accounts and posts as nobody expects them: repeats, ties, missing times, one handle for two, all sorts of characters.
fn odd_records() -> Vec<String> {
    let mut numbers = Numbers(99);
    let ids: Vec<String> = (0..60)
        .map(|number| match number % 4 {
            0 => format!("76000000000000{number:05}"),
            1 => format!("{number}"),
            2 => format!("ä{number}دا"),
            _ => format!("user-{number}"),
        })
        .collect();
    let mut records = Vec::new();
    for (number, id) in ids.iter().enumerate() {
        let handle = if number % 7 == 0 { "twice".to_owned() } else { format!("Hand_{}", number % 50) };
        let followers = number % 9;
        let day = 1 + number % 5;
        let bio = ["", "one two three four five six", "six five four three two one", "कमल के फूल पाँच छह सात"][number % 4];
        records.push(format!(
            r#"{{"type":"account","id":"{id}","handle":"{handle}","name":"N{number}","bio":"{bio}","followers":{followers},"following":{},"created_at":"2020-01-0{day}T00:00:00Z","observed_at":{}}}"#,
            number % 2,
            1_700_000_000 + number % 3
        ));
        // A second sight at the same time that says something else.
        records.push(format!(
            r#"{{"type":"account","id":"{id}","handle":"{handle}","name":"M{number}","observed_at":{}}}"#,
            1_700_000_000 + number % 3
        ));
    }
    let texts = [
        "Lamps must stay lit in every window #lamp #LAMP https://a.example/1",
        "lamps must stay lit in every window",
        "Lamps must stay lit in each window tonight",
        "every window must stay lit in lamps",
        "کتاب‌ها باید در خانه بمانند امشب همه",
    ];
    for post in 0..1_500 {
        let (author, target) = (&ids[numbers.next(60)], numbers.next(40) * numbers.next(40) / 20);
        let minute = numbers.next(60);
        let time = if numbers.next(9) == 0 {
            String::new()
        } else {
            format!(r#","created_at":"2025-03-0{}T10:{minute:02}:{:02}Z""#, 1 + target % 9, numbers.next(60))
        };
        // A few are said to be of two authors.
        let by = &ids[if numbers.next(50) == 0 { 12 } else { target % 11 }];
        let act = match numbers.next(10) {
            0..7 => {
                format!(r#","retweet_of":{{"id":"t{target}","author_id":"{by}","created_at":"2025-03-01T10:00:00Z"}}"#)
            }
            7 => format!(r#","reply_to":{{"id":"t{target}","author_id":"{by}"}},"text":"{}""#, texts[numbers.next(5)]),
            8 => format!(r#","quote_of":{{"id":"t{target}"}},"hashtags":["Lamp","{}"]"#, numbers.next(4)),
            _ => format!(r#","text":"{}","links":["https://b.example/{}"]"#, texts[numbers.next(5)], numbers.next(6)),
        };
        let record = format!(r#"{{"type":"post","id":"p{post}","author_id":"{author}"{time}{act}}}"#);
        // Some come twice, one of them without its time.
        if numbers.next(12) == 0 {
            records.push(record.replace(&time, ""));
        }
        records.push(record);
    }
    records
}

/// Data that contradicts itself: every post stands there with two authors, times, texts and kinds, some with an id of which
/// only one record says that it was made up, and every account with two profiles and pictures that were seen at the same time.
fn contradictory_records() -> Vec<String> {
    let mut numbers = Numbers(7);
    let mut records = Vec::new();
    for number in 0..40 {
        for (which, word) in ["one", "other"].into_iter().enumerate() {
            records.push(format!(
                r#"{{"type":"account","id":"u{number}","handle":"{word}_{}","name":"{word} {}","bio":"{word} two three four five six","followers":{},"following":{which},"created_at":"2020-01-0{}T00:00:00Z","avatar_url":"https://a.example/{word}/{number}.png","avatar":"avatars/{}.png","observed_at":1700000000}}"#,
                number % 30,
                number % 20,
                number % 5 + which,
                1 + number % 5 + which,
                (3 * number + which) % PICTURES
            ));
        }
    }
    let texts = ["Lamps must stay lit in every window", "Lamps must be lit in all the windows tonight"];
    for post in 0..500 {
        let target = numbers.next(25);
        for word in ["one", "other"] {
            let (author, target_author) = (numbers.next(40), numbers.next(40));
            let time = format!("2025-03-01T10:{:02}:{:02}Z", numbers.next(5), numbers.next(60));
            let made_up = if word == "other" && target.is_multiple_of(3) { r#","synthetic":true"# } else { "" };
            let reference = format!(
                r#"{{"id":"p{target}","author_id":"u{target_author}","created_at":"{time}","text":"{word} {target}"{made_up}}}"#
            );
            let act = match numbers.next(6) {
                0..4 => format!(r#""retweet_of":{reference}"#),
                4 => format!(r#""reply_to":{reference}"#),
                _ => format!(r#""quote_of":{reference}"#),
            };
            let (text, program) = (texts[numbers.next(2)], numbers.next(3));
            records.push(format!(
                r#"{{"type":"post","id":"p{post}","author_id":"u{author}","created_at":"{time}",{act},"text":"{text} {word}","client":"{word} {program}","language":"{word}"}}"#
            ));
        }
    }
    records
}

/// Pictures that accounts of contradictory records carry.
const PICTURES: usize = 20;

#[test]
fn records_that_contradict_each_other_give_one_answer_in_ten_orders() {
    let pictures = tempfile::tempdir().unwrap();
    for number in 0..PICTURES {
        let drawing = bot_tui::synth::drawing(number as u64, 40);
        drawing.save(pictures.path().join(format!("{number}.png"))).unwrap();
    }
    let accounts = ["id:u1", "id:u3", "id:u5"];
    assert_same(&contradictory_records(), 3, 10, Some(pictures.path()), (&RULES, 3), accounts);
}

const RULES: [&str; 6] = ["all", "cosine:0.2", "percentile:90", "significant:0.2", "shared:2", "shared-within:1"];

#[test]
fn odd_records_in_twenty_orders_give_one_answer() {
    assert_same(&odd_records(), 3, 20, None, (&RULES, 3), ["id:1", "id:user-3", "id:5"]);
}

#[test]
fn the_sample_in_three_orders_gives_one_answer() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let accounts = fs::read_to_string(sample.join("accounts.jsonl")).unwrap();
    let posts = zstd::decode_all(fs::File::open(sample.join("posts.jsonl.zst")).unwrap()).unwrap();
    let posts = String::from_utf8(posts).unwrap();
    let records: Vec<String> = accounts.lines().chain(posts.lines()).map(str::to_owned).collect();
    let rules = ["cosine:0.5", "significant:0.01", "shared-within:1"];
    let accounts = ["@orlin_tavesh_en", "@white_dove_10", "@quiet_dove_10"];
    assert_same(&records, 2, 2, Some(&sample.join("avatars")), (&rules, 1), accounts);
}
