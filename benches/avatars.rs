//! Pictures, from files to groups: `cargo bench --bench avatars`, or of its parts only
//! `cargo bench --bench avatars -- planted` and `… -- index`.
//!
//! `planted` imports 20,000 pictures with 400 groups of altered copies among them and says which pairs are found.
//! `index` searches a million hashes by multi-index hashing and by looking at all pairs. The latter is done for some of
//! the hashes only and the time for all is calculated; with `all` it is done in full, which takes its time.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at once")]

#[path = "../tests/planted/mod.rs"]
mod planted;

use std::path::Path;
use std::time::{Duration, Instant};

use bot_tui::graph::{Task, near_hashes};
use bot_tui::model::PdqHash;
use bot_tui::store::Store;
use planted::{Plan, figures, import_all};
use rayon::prelude::*;

const FARTHEST: u32 = 31;

fn main() {
    let wishes: Vec<String> = std::env::args().skip(1).collect();
    let wants = |part: &str| wishes.iter().any(|wish| wish == part);
    let everything = !wants("planted") && !wants("index");
    // Cargo says so itself; without it, as in `cargo test --benches`, small sizes show that all still works.
    let whole = wants("--bench");
    if everything || wants("planted") {
        let (pictures, groups) = if whole { (20_000, 400) } else { (200, 10) };
        planted_pictures(Plan { pictures, groups });
    }
    if everything || wants("index") {
        let (hashes, groups) = if whole { (1_000_000, 1_000) } else { (20_000, 20) };
        index(hashes, groups, wants("all"));
    }
}

fn planted_pictures(plan: Plan) {
    let folder = tempfile::tempdir().unwrap();
    plan.write(folder.path());
    let mut times: Vec<Duration> = (0..3)
        .map(|run| {
            let mut store = Store::open(&folder.path().join(format!("cache-{run}.db"))).unwrap();
            let start = Instant::now();
            let summary = import_all(&mut store, folder.path());
            assert_eq!(summary.pictures, u64::from(plan.pictures));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let seconds = times[1].as_secs_f64();
    let Plan { pictures, groups } = plan;
    println!("{pictures} pictures in files, {} MB, {groups} groups of copies", size(folder.path()) >> 20);
    println!(
        "decoded, hashed and in the cache in {seconds:.2} s (median of 3): {:.0} pictures a second on {} threads",
        f64::from(pictures) / seconds,
        rayon::current_num_threads()
    );
    let store = Store::open(&folder.path().join("cache-0.db")).unwrap();
    let start = Instant::now();
    let found = figures(&store, plan);
    println!("linked and grouped in {:.2} s\n{found}\n", start.elapsed().as_secs_f64());
}

fn size(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder.join("pictures")).unwrap();
    files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
}

/// Random hashes; the last ones are five copies each of some, with up to 31 bits changed.
fn hashes(count: usize, groups: usize) -> Vec<PdqHash> {
    let mut state = 5_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 32).to_be_bytes()[7]
    };
    let mut all: Vec<PdqHash> = (0..count).map(|_| PdqHash(std::array::from_fn(|_| next()))).collect();
    let (random, planted) = all.split_at_mut(count - groups * 5);
    for (at, copy) in planted.iter_mut().enumerate() {
        *copy = random[at / 5];
        for _ in 0..next() % 32 {
            let bit = usize::from(next());
            copy.0[bit / 8] ^= 1 << (bit % 8);
        }
    }
    all
}

/// The pairs of the first `rows` hashes with any that follow, by looking at each.
fn by_looking_at_all(hashes: &[PdqHash], rows: usize) -> Vec<(u32, u32, u32)> {
    let words: Vec<[u64; 4]> = hashes.iter().map(words).collect();
    let row = |i: usize| {
        let words = &words;
        let near = move |j: usize| {
            let (a, b) = (&words[i], &words[j]);
            let first_half = (a[0] ^ b[0]).count_ones() + (a[1] ^ b[1]).count_ones();
            let rest = || (a[2] ^ b[2]).count_ones() + (a[3] ^ b[3]).count_ones();
            let distance = if first_half <= FARTHEST { first_half + rest() } else { first_half };
            (distance <= FARTHEST).then_some((i as u32, j as u32, distance))
        };
        (i + 1..words.len()).filter_map(near)
    };
    (0..rows).into_par_iter().flat_map_iter(row).collect()
}

fn words(hash: &PdqHash) -> [u64; 4] {
    std::array::from_fn(|word| {
        let bytes = &hash.0[word * 8..word * 8 + 8];
        bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte))
    })
}

fn index(count: usize, groups: usize, all: bool) {
    let mut hashes = hashes(count, groups);
    // The planted ones first, so that looking at some of the rows looks at all of theirs.
    hashes.reverse();
    let before = Memory::now();
    let start = Instant::now();
    let found = near_hashes(&hashes, FARTHEST, &Task::UNWATCHED).unwrap();
    let indexed = start.elapsed().as_secs_f64();
    let memory = before.peak_since();
    let rows = if all { count } else { count.min(groups * 10) };
    let start = Instant::now();
    let expected = by_looking_at_all(&hashes, rows);
    let looked = start.elapsed().as_secs_f64();
    let among: Vec<_> = found.iter().copied().filter(|pair| (pair.0 as usize) < rows).collect();
    assert!(among == expected, "the answers differ: {} and {}", among.len(), expected.len());
    let compared = |rows: usize| rows as f64 * (count as f64 - (rows as f64 + 1.0) / 2.0);
    let looked_all = looked * compared(count) / compared(rows);
    let said = if all { "" } else { " (calculated)" };
    println!("{count} hashes, {groups} groups planted, distance {FARTHEST}, {} threads", rayon::current_num_threads());
    println!("multi-index hashing {indexed:.2} s, {memory}; {} pairs", found.len());
    println!("all pairs           {looked_all:.2} s{said}: {:.0} times as long", looked_all / indexed);
    println!("equal answers for the first {rows} hashes with all others: {} pairs", expected.len());
}

/// The memory of the process as Linux tells it.
struct Memory(Option<u64>);

impl Memory {
    /// What is in use; the peak begins anew.
    fn now() -> Self {
        // 5 resets the peak.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
        Self(Self::read("VmRSS:"))
    }

    fn read(name: &str) -> Option<u64> {
        let text = std::fs::read_to_string("/proc/self/status").ok()?;
        text.lines().find_map(|line| line.strip_prefix(name))?.trim().strip_suffix(" kB")?.parse().ok()
    }

    fn peak_since(&self) -> String {
        let more = Self::read("VmHWM:").zip(self.0).map(|(peak, before)| peak.saturating_sub(before));
        more.map_or_else(|| "memory not known".to_owned(), |kilobytes| format!("{} MB at the most", kilobytes >> 10))
    }
}
