//! What must hold of every format, whatever bytes it is given: the bodies of the fuzz target in `tests/fuzz` and of the
//! tests here, which run them briefly.

use std::ops::ControlFlow;

use super::document::Document;
use super::format::{self, Format, Item, by_name, check};
use super::formats::ColumnMap;
use crate::layers::shared_objects;
use crate::model::{AccountRecord, PostRecord, PostReference};
use crate::text::sanitise_line;

/// Names beside those of formats: content that is looked at, documents, and tables with a map.
const OTHERS: [&str; 3] = ["detection", "document", "map"];
const MAP: &str = "account=1,target=2,time=3,handle=4,text=5,url=6,hashtags=7";

/// The names of all that can be fuzzed.
#[must_use]
pub fn fuzz_names() -> Vec<&'static str> {
    format::format_names().into_iter().chain(OTHERS).collect()
}

/// Runs what is fuzzed by that name.
///
/// # Errors
/// Says what does not hold.
pub fn fuzz_format(name: &str, bytes: &[u8]) -> Result<(), String> {
    match name {
        "detection" => {
            let _ = format::unknown(bytes);
            format::detect(bytes).map_or(Ok(()), |format| holds(format, bytes))
        }
        "document" => {
            let mut lines = bytes.to_vec();
            Document::default().turn(&mut lines);
            let untouched = lines.iter().zip(bytes).all(|(new, old)| new == old || new.is_ascii_whitespace());
            if untouched {
                fuzz_format("detection", &lines)
            } else {
                Err("a document lost more than its frame".to_owned())
            }
        }
        "map" => holds(&MAP.parse::<ColumnMap>().map_err(|error| error.to_string())?, bytes),
        _ => holds(by_name(name).ok_or("there is no such format")?, bytes),
    }
}

/// Reading gives no more than the bytes can hold, and nothing that acts on a terminal once it is sanitised.
fn holds(format: &dyn Format, bytes: &[u8]) -> Result<(), String> {
    let _ = check(format, bytes);
    let (mut items, mut outcome) = (0_usize, Ok(()));
    let mut take = |item: Item<'_>| {
        items += 1;
        outcome =
            if items > 2 * bytes.len() + 1 { Err("more items than bytes".to_owned()) } else { is_sound(&item, bytes) };
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let mut input = bytes;
    let _ = format.read(&mut input, &mut take);
    outcome
}

fn is_sound(item: &Item<'_>, bytes: &[u8]) -> Result<(), String> {
    let mut texts = Vec::new();
    match item {
        Item::Account(record) => account(record, &mut texts),
        Item::Post(record) => {
            post(record, &mut texts);
            let mut keys = 0;
            shared_objects(record, |object| keys += object.key.len());
            bounded(keys, bytes)?;
        }
        Item::Deleted(id) => texts.push(id.as_str()),
        Item::Skipped(line) | Item::LeftOut(line) | Item::EndsEarly(line) => {
            let last = bytes.iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
            if line.line == 0 || line.line > last {
                return Err(format!("line {} of {last} was skipped", line.line));
            }
            texts.push(&line.reason);
        }
        Item::Trimmed(_) | Item::Message => {}
    }
    bounded(texts.iter().map(|text| text.len()).sum(), bytes)?;
    let acts = |text: &&str| sanitise_line(text, 200).chars().any(char::is_control);
    texts.into_iter().find(acts).map_or(Ok(()), |text| Err(format!("{text:?} stays active")))
}

/// One item may say a text more than once, as a retweet that is told with its target, but not many times. Folded keys
/// may be longer than what was folded, and reasons have words of their own.
fn bounded(said: usize, bytes: &[u8]) -> Result<(), String> {
    if said <= 20 * bytes.len() + 10_000 { Ok(()) } else { Err(format!("{said} bytes out of {}", bytes.len())) }
}

fn account<'r>(record: &'r AccountRecord, texts: &mut Vec<&'r str>) {
    let profile = &record.profile;
    texts.push(&record.platform_id);
    let said =
        [&profile.handle, &profile.name, &profile.bio, &profile.location, &profile.avatar_url, &record.avatar_file];
    texts.extend(said.into_iter().flatten().map(String::as_str));
}

fn post<'r>(record: &'r PostRecord<&'r str>, texts: &mut Vec<&'r str>) {
    texts.extend([record.platform_id, record.author]);
    texts.extend([record.text, record.language, record.client].into_iter().flatten());
    texts.extend(record.links.iter().chain(&record.hashtags));
    let others = [&record.retweet_of, &record.quote_of, &record.reply_to].into_iter().flatten();
    others.for_each(|other| reference(other, texts));
}

fn reference<'r>(other: &'r PostReference<&'r str>, texts: &mut Vec<&'r str>) {
    texts.push(other.platform_id);
    texts.extend([other.author, other.text].into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::import::formats::FORMATS;

    /// The samples of all formats, whichever of them they are of.
    fn samples() -> Vec<Vec<u8>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.retain(|path| path.extension().is_some());
        paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
    }

    /// What hostile or broken files have where others have something else.
    const PIECES: [&str; 16] = [
        "",
        "\"",
        "\\",
        "\n",
        "\r\n",
        "\0",
        "{",
        "}",
        "[",
        ",",
        "null",
        "1e999",
        "-9223372036854775809",
        "\u{202e}\u{200b}",
        "<a href=\"&#x",
        "RT @\u{1b}[31m:",
    ];

    fn mutated(sample: &[u8], changes: &[(usize, usize, usize)]) -> Vec<u8> {
        let mut bytes = sample.to_vec();
        for &(at, length, piece) in changes {
            let at = at % (bytes.len() + 1);
            let end = (at + length % 40).min(bytes.len());
            bytes.splice(at..end, PIECES[piece % PIECES.len()].bytes());
        }
        bytes
    }

    #[test]
    fn every_format_of_the_list_has_a_sample_that_gives_something() {
        let samples = samples();
        for &format in FORMATS {
            let name = format.name();
            let of_it = |sample: &&Vec<u8>| format::detect(sample).is_some_and(|found| found.name() == name);
            let mut found = samples.iter().filter(of_it).peekable();
            assert!(found.peek().is_some(), "no file in tests/samples is known as {name}: a format needs a sample");
            for mut sample in found.map(Vec::as_slice) {
                let mut records = 0;
                let _ = format.read(&mut sample, &mut |item| {
                    records += usize::from(matches!(item, Item::Account(_) | Item::Post(_)));
                    ControlFlow::Continue(())
                });
                assert!(records > 0, "{name} reads nothing of its sample");
            }
        }
    }

    #[test]
    fn samples_hold_in_every_format() {
        let samples = samples();
        for name in fuzz_names() {
            for sample in &samples {
                assert_eq!(fuzz_format(name, sample), Ok(()), "{name}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn mutated_samples_hold_in_every_format(
            sample in any::<prop::sample::Index>(),
            changes in prop::collection::vec((any::<usize>(), any::<usize>(), any::<usize>()), 1..8),
        ) {
            let samples = samples();
            let bytes = mutated(&samples[sample.index(samples.len())], &changes);
            for name in fuzz_names() {
                prop_assert_eq!(fuzz_format(name, &bytes), Ok(()), "{}", name);
            }
        }

        #[test]
        fn any_bytes_hold_in_every_format(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            for name in fuzz_names() {
                prop_assert_eq!(fuzz_format(name, &bytes), Ok(()), "{}", name);
            }
        }
    }
}
