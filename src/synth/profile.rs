//! What each account says of itself.

use super::avatars::{self, Gallery};
use super::dataset::{Dataset, Member};
use super::random::{Purpose, Random};
use super::records::{AccountLine, rfc3339};
use super::schedule::{self, DAY};
use super::story::{Language, Role, manner_of};
use super::words::{Lexicon, lexicon};

const ADJECTIVES: [&str; 16] = [
    "white", "quiet", "brave", "early", "amber", "north", "clear", "small", "green", "lucky", "pale", "swift", "calm",
    "glad", "blue", "old",
];
const EMBLEMS: [&str; 16] = [
    "dove", "lamp", "rose", "horse", "river", "cedar", "star", "dawn", "wing", "wick", "tulip", "field", "moon",
    "bell", "fox", "page",
];
const NOUNS: [&str; 16] = [
    "meadow", "kettle", "train", "harbor", "pepper", "cello", "walnut", "socks", "ferry", "maple", "button", "thyme",
    "pebble", "bike", "plum", "fern",
];

/// Names and bios that try to break a terminal or to deceive its reader: name, bio.
fn hostile(ordinal: u32) -> Option<(String, String)> {
    let (name, bio) = match ordinal {
        0 => ("\u{1b}[31mRed\u{1b}[0m Wilf", "I colour terminals. \u{1b}[2J\u{1b}[H\u{1b}]0;a new title\u{7}".to_owned()),
        1 => ("Iris \u{202e}sirI\u{202c}", "Reads both ways: \u{202e}abc 123\u{202c} and \u{2066}back\u{2069}.".to_owned()),
        2 => ("No\u{200b}ra\u{200b}", "Zero\u{200b}width\u{200b}spaces\u{feff} everywhere.".to_owned()),
        3 => ("Ada \u{e0041}\u{e0042}\u{e0043}\u{e007f}", "Hidden \u{e0068}\u{e0069}\u{e007f} tag characters.".to_owned()),
        4 => ("The Long Bio", "All work and no soup makes a long bio. ".repeat(260)),
        5 => ("Line\nBreaker\tTab", "First line\r\nsecond line\n\n\n\nlast\u{85}line\u{2028}end".to_owned()),
        6 => ("H\u{334}\u{33f}\u{357}u\u{337}\u{346}\u{35b}g\u{336}\u{30e}\u{342}o", "e\u{301}".repeat(3) + &"\u{334}\u{33f}\u{357}".repeat(60)),
        7 => ("=1+1", "@SUM(1+1)*2 and then +3 -4, for those who paste into a spreadsheet.".to_owned()),
        8 => ("👩‍👩‍👧‍👦 👨🏽‍🌾 🏳️‍🌈 全角文字", "Wide: 家族と猫と暮らす。 ｆｕｌｌ　ｗｉｄｔｈ 👩🏿‍🚀".to_owned()),
        9 => ("\u{9b}31mC1\u{9b}0m", "Clipboard: \u{1b}]52;c;aW52ZW50ZWQ=\u{7} Link: \u{1b}]8;;https://pictures.example/\u{1b}\\here\u{1b}]8;;\u{1b}\\".to_owned()),
        _ => return None,
    };
    Some((name.to_owned(), bio))
}

/// The line of an account.
pub(super) fn account_line(dataset: &Dataset, gallery: &Gallery, account: u32, member: Member) -> AccountLine {
    let mut random = Random::new(dataset.seed, Purpose::Profile, u64::from(account));
    let words = lexicon(member.language);
    let id = dataset.account_id(account).to_string();
    let avatar = gallery.file(account, member).map(|file| format!("{}/{file}", avatars::FOLDER));
    let place = avatar.clone().unwrap_or_else(|| format!("{}/u/{id}.jpg", avatars::FOLDER));
    let mut line = AccountLine {
        kind: "account",
        avatar_url: Some(format!("https://pictures.example/{place}")),
        observed_at: rfc3339(schedule::observed()),
        verified: Some(false),
        avatar,
        id,
        ..AccountLine::default()
    };
    match member.role {
        Role::Figure(_) => figure(&mut line, &mut random, words, member),
        Role::Amplifier(group) => amplifier(&mut line, &mut random, words, group, member),
        Role::DeclaredBot => declared_bot(&mut line, &mut random, words, account, member),
        Role::Supporter => person(&mut line, &mut random, words, account, None),
        Role::Ordinary => {
            person(&mut line, &mut random, words, account, Some(member.ordinal));
            if let Some((name, bio)) = hostile(member.ordinal) {
                (line.name, line.bio) = (Some(name), Some(bio));
            }
            leave_out(&mut line, member.ordinal);
        }
    }
    line
}

/// Some accounts of real collections lack a field or nearly all of them.
fn leave_out(line: &mut AccountLine, ordinal: u32) {
    match ordinal {
        10 => line.bio = None,
        11 => (line.followers, line.following) = (None, None),
        12 => line.created_at = None,
        13 => (line.handle, line.avatar_url) = (None, None),
        14 => line.name = None,
        15 => {
            let (id, observed_at) = (std::mem::take(&mut line.id), std::mem::take(&mut line.observed_at));
            *line = AccountLine { kind: "account", id, observed_at, ..AccountLine::default() };
        }
        _ => {}
    }
}

fn suffix(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::French => "fr",
        Language::Persian => "fa",
        Language::Arabic => "ar",
    }
}

fn created(line: &mut AccountLine, seconds_before_start: i64) {
    line.created_at = Some(rfc3339(schedule::before_start(seconds_before_start)));
}

fn figure(line: &mut AccountLine, random: &mut Random, words: &Lexicon, member: Member) {
    line.handle = Some(format!("orlin_tavesh_{}", suffix(member.language)));
    line.name = Some(words.figure_name.to_owned());
    line.bio = Some(words.figure_bio.to_owned());
    line.location = Some("Odrel".to_owned());
    line.followers = Some(48_000 + random.below(90_000));
    line.following = Some(120 + random.below(300));
    line.statuses = Some(3000 + random.below(4000));
    line.verified = Some(true);
    created(line, random.between(2000 * DAY, 4000 * DAY));
}

fn amplifier(line: &mut AccountLine, random: &mut Random, words: &Lexicon, group: u8, member: Member) {
    let manner = manner_of(group);
    let ordinal = member.ordinal as usize;
    let cycle = |list: &[&'static str], place: usize| list.get(place % list.len().max(1)).copied().unwrap_or_default();
    let (latin, written) = words.names.get(ordinal % 20).copied().unwrap_or_default();
    line.handle = Some(match group % 3 {
        0 => {
            let number = 10 + usize::from(group) * 10 + ordinal / 256;
            format!("{}_{}_{number}", cycle(&ADJECTIVES, ordinal), cycle(&EMBLEMS, ordinal / 16))
        }
        1 => format!("{}{}{:05}", capital(latin), 100 + u32::from(group), 10_007 * (ordinal + 1) % 100_000),
        _ => format!(
            "{}{latin}{:03}",
            cycle(&["lamp", "dawn", "reed"], ordinal / 20),
            100 * usize::from(group) + ordinal / 60
        ),
    });
    line.name = Some(if random.per_mille(150) {
        format!("{} {}", words.in_memory_of, random.pick(words.mourned))
    } else if random.per_mille(500) {
        format!("{written} {}", random.pick(&["🕯", "🌿", "📖"]))
    } else {
        written.to_owned()
    });
    line.bio = Some(if random.per_mille(600) { String::new() } else { random.pick(words.slogans).to_owned() });
    line.followers = manner.followers.get(ordinal % manner.followers.len()).copied();
    line.following = manner.following.get(ordinal % manner.following.len()).copied();
    line.statuses = Some(400 + random.below(500));
    // Tight groups were made within a day, loose ones over some months.
    let burst = if manner.spread <= 200 { DAY } else { 120 * DAY };
    created(line, (30 + i64::from(group) * 17) * DAY + random.between(0, burst));
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn declared_bot(line: &mut AccountLine, random: &mut Random, words: &Lexicon, account: u32, member: Member) {
    let place = words.places.get(account as usize % words.places.len()).copied().unwrap_or_default();
    let forecast = member.ordinal.is_multiple_of(2);
    let kind = if forecast { "weather" } else { "quote" };
    line.handle = Some(format!("{kind}_bot_{}", member.ordinal + 1));
    line.name = Some(if forecast { format!("🤖 {place} 🌦") } else { "🤖 « »".to_owned() });
    let work = if forecast { "the forecast every morning" } else { "a line every other evening" };
    line.bio = Some(format!("I am a bot: {work}. Made by a neighbour."));
    line.followers = Some(random.below(4000));
    line.following = Some(0);
    line.statuses = Some(900 + random.below(5000));
    created(line, random.between(300 * DAY, 2500 * DAY));
}

/// A number that belongs to one account alone, of eight digits.
fn own_number(account: u32) -> u64 {
    20_000_000 + (u64::from(account) + 1) * 34_567_891 % 80_000_000
}

/// A person's profile. `free` is the account's number among those who may have a handle without digits.
fn person(line: &mut AccountLine, random: &mut Random, words: &Lexicon, account: u32, free: Option<u32>) {
    let (latin, written) = random.pick(words.names);
    let number = own_number(account);
    line.handle = Some(match (random.below(3), free.map(|ordinal| ordinal as usize)) {
        (0, Some(ordinal)) if ordinal < 16 * 16 => {
            let (adjective, noun) = (ADJECTIVES.get(ordinal / 16), NOUNS.get(ordinal % 16));
            format!("{}_{}", adjective.copied().unwrap_or_default(), noun.copied().unwrap_or_default())
        }
        // The platform hands out handles of this shape.
        (1, _) => format!("{}{number}", capital(latin)),
        _ => format!("{}{number}", random.pick(&NOUNS)),
    });
    let tail = random.pick(&["", "", "", " 🌿", " ✨", " 🚲", " 🎻", " 🐈"]);
    line.name = Some(format!("{written}{tail}"));
    let [first, second] = words.bios.map(|part| random.pick(part));
    let bio = if random.per_mille(130) { String::new() } else { format!("{first} {second}").trim_end().to_owned() };
    line.bio = Some(bio);
    line.location = random.per_mille(450).then(|| random.pick(words.places).to_owned());
    line.followers = Some(random.heavy_tailed(8, 9).unsigned_abs());
    line.following = Some(random.heavy_tailed(30, 5).unsigned_abs());
    line.statuses = Some(random.heavy_tailed(60, 8).unsigned_abs());
    line.verified = Some(random.per_mille(12));
    created(line, random.between(90 * DAY, 5500 * DAY));
}
