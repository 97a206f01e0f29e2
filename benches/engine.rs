//! The link engine on invented events: `cargo bench`. The numbers are of use beside each other and in one run only;
//! `benches/peers.py` compares with other programs. With `BOT_TUI_BENCH_CACHE` set to a cache, `of_a_cache` measures on
//! that one too.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at once")]

use std::path::PathBuf;

use bot_tui::analysis::read_incidence;
use bot_tui::graph::{AccountGraph, NullModel, Numbering, Overlap, visited_pairs};
use bot_tui::graph::{ClusterMethod, Filtered, Incidence, IncidenceBuilder, Significance, Task, clusters, kept_pairs};
use bot_tui::model::{
    AccountId, KeepRule, LinkParameters, NullModelKind, ObjectId, ObjectKind, ObjectRecord, PostRecord, ShareRow,
    Timestamp,
};
use bot_tui::store::Store;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const SIZES: [u32; 3] = [10_000, 100_000, 300_000];

/// A small generator of numbers, so that every run sees the same events.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(below.max(1))) as u32
    }

    /// Small numbers often, large ones seldom, about as Zipf's law has it.
    fn skewed(&mut self, below: u32) -> u32 {
        let share = f64::from(self.next(1 << 24)) / f64::from(1 << 24);
        (f64::from(below).powf(share) - 1.0) as u32
    }
}

fn incidence(events: u32) -> Incidence {
    let (accounts, targets) = (events / 25, events / 8);
    let mut numbers = Numbers(7);
    let mut shares: Vec<(u32, u32, i64)> = (0..events)
        .map(|_| (numbers.skewed(targets), numbers.skewed(accounts) + 1, i64::from(numbers.next(86_400)) * 1_000))
        .collect();
    shares.sort_unstable();
    shares.dedup_by_key(|share| (share.0, share.1));
    let mut builder = IncidenceBuilder::default();
    for (target, account, at) in shares {
        let row =
            ShareRow { object: ObjectId(target), account: AccountId(account), at: Some(Timestamp(at)), own: false };
        builder.push(row);
    }
    builder.finish()
}

fn pairs(bencher: Bencher<'_, '_>, events: u32, keep: KeepRule) {
    let incidence = incidence(events);
    let parameters = LinkParameters { keep, ..LinkParameters::default() };
    let filtered = Filtered::new(&incidence, &parameters);
    let task = Task::UNWATCHED;
    bencher.bench(|| kept_pairs(&incidence, &filtered, black_box(&parameters), usize::MAX, &task).unwrap());
}

#[divan::bench(args = SIZES)]
fn cosine_at_the_percentile(bencher: Bencher<'_, '_>, events: u32) {
    pairs(bencher, events, KeepRule::Percentile(99.5));
}

#[divan::bench(args = SIZES)]
fn cosine_from_a_half(bencher: Bencher<'_, '_>, events: u32) {
    pairs(bencher, events, KeepRule::Cosine(0.5));
}

#[divan::bench(args = SIZES)]
fn cosine_from_a_tenth(bencher: Bencher<'_, '_>, events: u32) {
    pairs(bencher, events, KeepRule::Cosine(0.1));
}

/// The same pairs as `cosine_from_a_tenth`, by looking at each.
#[divan::bench(args = SIZES)]
fn cosine_from_a_tenth_visiting_all_pairs(bencher: Bencher<'_, '_>, events: u32) {
    let incidence = incidence(events);
    let parameters = LinkParameters { keep: KeepRule::Cosine(0.1), ..LinkParameters::default() };
    let filtered = Filtered::new(&incidence, &parameters);
    bencher.bench(|| visited_pairs(black_box(&filtered), 0.1, &Task::UNWATCHED).unwrap());
}

/// Both ways to the same pairs on a cache of one's own, such as an imported file of a million events.
mod of_a_cache {
    use super::*;

    fn has_none() -> bool {
        std::env::var_os("BOT_TUI_BENCH_CACHE").is_none()
    }

    fn with(bencher: Bencher<'_, '_>, search: impl Fn(&Incidence, &Filtered, &LinkParameters) + Sync) {
        let parameters = LinkParameters { keep: KeepRule::Cosine(0.1), ..LinkParameters::default() };
        let store = Store::open(&PathBuf::from(std::env::var_os("BOT_TUI_BENCH_CACHE").unwrap())).unwrap();
        let incidence = read_incidence(&store, &parameters, Numbering::ByRow, &Task::UNWATCHED).unwrap();
        let filtered = Filtered::new(&incidence, &parameters);
        bencher.bench(|| search(&incidence, &filtered, black_box(&parameters)));
    }

    #[divan::bench(ignore = has_none())]
    fn cosine_from_a_tenth(bencher: Bencher<'_, '_>) {
        with(bencher, |incidence, filtered, parameters| {
            black_box(kept_pairs(incidence, filtered, parameters, usize::MAX, &Task::UNWATCHED).unwrap());
        });
    }

    #[divan::bench(ignore = has_none())]
    fn cosine_from_a_tenth_visiting_all_pairs(bencher: Bencher<'_, '_>) {
        with(bencher, |_, filtered, _| {
            black_box(visited_pairs(filtered, 0.1, &Task::UNWATCHED).unwrap());
        });
    }
}

#[divan::bench(args = SIZES)]
fn top_100_of_each_account(bencher: Bencher<'_, '_>, events: u32) {
    let incidence = incidence(events);
    let parameters = LinkParameters { keep: KeepRule::All, top: Some(100), ..LinkParameters::default() };
    let filtered = Filtered::new(&incidence, &parameters);
    bencher.bench(|| kept_pairs(&incidence, &filtered, black_box(&parameters), usize::MAX, &Task::UNWATCHED).unwrap());
}

#[divan::bench(args = SIZES)]
fn shared_within_the_window(bencher: Bencher<'_, '_>, events: u32) {
    pairs(bencher, events, KeepRule::SharedWithin(1));
}

#[divan::bench(args = [10_000, 30_000])]
fn significance_of_all_pairs(bencher: Bencher<'_, '_>, events: u32) {
    let incidence = incidence(events);
    let filtered = Filtered::new(&incidence, &LinkParameters::default());
    let task = Task::UNWATCHED;
    bencher.bench(|| Significance::test(&filtered, NullModelKind::Sdsm, &task).unwrap());
}

#[divan::bench]
fn one_tail_far_out(bencher: Bencher<'_, '_>) {
    let model = NullModel::new(&[40; 2_000], &[8; 10_000], &Task::UNWATCHED).unwrap();
    bencher.bench(|| model.tail(black_box(Overlap::new(40, 40, 30))));
}

#[divan::bench(args = SIZES)]
fn clusters_by_leiden(bencher: Bencher<'_, '_>, events: u32) {
    let incidence = incidence(events);
    let parameters = LinkParameters { keep: KeepRule::Percentile(99.5), ..LinkParameters::default() };
    let graph = AccountGraph::build(&incidence, &[], &[], &parameters, &Task::UNWATCHED).unwrap();
    let pairs = graph.pairs();
    bencher.bench(|| clusters(black_box(&pairs), &incidence, &parameters, ClusterMethod::Leiden, 3, &Task::UNWATCHED));
}

/// From the cache on disk to who shared what, as every command that links does it first.
#[divan::bench(args = SIZES)]
fn reading_the_cache(bencher: Bencher<'_, '_>, events: u32) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("cache.db")).unwrap();
    fill(&mut store, events);
    let parameters = LinkParameters::default();
    bencher.bench_local(|| read_incidence(&store, black_box(&parameters), Numbering::ByRow, &Task::UNWATCHED).unwrap());
}

fn fill(store: &mut Store, events: u32) {
    let mut numbers = Numbers(7);
    let mut session = store.import_session().unwrap();
    for number in 0..events {
        let target = ObjectRecord {
            kind: ObjectKind::RetweetedPost,
            key: format!("t{}", numbers.skewed(events / 8)),
            author: None,
            created_at: None,
            text: None,
            synthetic: false,
        };
        let post = PostRecord {
            platform_id: number.to_string(),
            author: format!("a{}", numbers.skewed(events / 25)),
            created_at: Some(Timestamp(i64::from(numbers.next(86_400)) * 1_000)),
            ..PostRecord::default()
        };
        session.post(&post, &[target]);
    }
    session.finish().unwrap();
}
