//! Importing pages of tweets into a new cache: `cargo bench --bench import`. Each page was asked for three seconds after the
//! one before, as a collection tool does. With few accounts, each of which retweets a hundred times, nearly all that pages add
//! came before; with many it is about as in real collections.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at once")]

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use bot_tui::import::{ImportRequest, NoProgress, import};
use bot_tui::store::Store;
use bot_tui::synth::{SynthFormat, SynthRequest, write_as};
use divan::Bencher;

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 10_000], sample_count = 20)]
fn pages_of_a_hundred_thousand_retweets(bencher: Bencher<'_, '_>, accounts: u32) {
    let folder = tempfile::tempdir().unwrap();
    let request =
        ImportRequest { paths: vec![pages(folder.path().join("made"), accounts)], ..ImportRequest::default() };
    bencher.with_inputs(|| tempfile::tempdir().unwrap()).bench_values(|cache| {
        let mut store = Store::open(&cache.path().join("cache.db")).unwrap();
        import(&mut store, &request, &NoProgress).unwrap();
        (store, cache)
    });
}

/// The file of the pages, each with a time of its own.
fn pages(folder: PathBuf, accounts: u32) -> PathBuf {
    let request = SynthRequest { accounts, retweets: 100_000, seed: 7 };
    write_as(SynthFormat::TwitterV2, &folder, &request, &|_| {}).unwrap();
    let file = folder.join("tweets.jsonl");
    let mut pages = String::new();
    for (number, page) in fs::read_to_string(&file).unwrap().lines().enumerate() {
        let (hours, minutes, seconds) = (number / 1_200, number / 20 % 60, number % 20 * 3);
        let time = format!("2025-05-24T{hours:02}:{minutes:02}:{seconds:02}+00:00");
        writeln!(pages, "{}", page.replace("2025-05-24T00:00:00+00:00", &time)).unwrap();
    }
    fs::write(&file, pages).unwrap();
    file
}
