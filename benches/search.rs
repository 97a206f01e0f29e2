//! The search beside other matchers, in one run and in turn: `cargo bench --bench search`. Ours looks at handles, names and
//! bios, folded; the others get the folded handles and names alone, one haystack for each account, so that they do less.
//! All find what holds every letter in order, on both cores, and give back every hit in the order of its score; ours drops
//! those whose letters are too scattered to mean anything and gives back 5,000.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at once")]

use std::time::Instant;

use bot_tui::model::{Account, AccountId, Activity, Profile};
use bot_tui::search::{SEARCH_LIMIT, SearchIndex, Watch, search};
use frizbee::Config;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Matcher, Utf32Str};
use rayon::prelude::*;

const FIRST: [&str; 9] = ["Amber", "quiet", "north", "گل", "slow", "River", "چراغ", "old", "مهتاب"];
const LAST: [&str; 8] = ["lake", "dove", "سحر", "lamp", "Horse", "rose", "ferry", "روشن"];
const BIOS: [&str; 5] =
    ["", "Tea, rain and old maps.", "گلابی پرورش می‌دهم.", "Reads in trains. Two cats, one garden, no hurry.", ""];
const TYPED: [&str; 8] = ["d", "do", "dov", "dove", "qtdv", "گل", "سحر", "روشن"];

fn main() {
    let whole = std::env::args().any(|word| word == "--bench");
    let (sizes, turns): (&[u32], usize) = if whole { (&[1_000, 100_000, 1_000_000], 9) } else { (&[1_000], 1) };
    println!("{:>9}  {:6} {:>18} {:>18} {:>18}", "accounts", "typed", "bot-tui", "nucleo-matcher", "frizbee");
    println!("{:>9}  {:6} {:>18} {:>18} {:>18}", "", "", "ms (hits)", "ms (hits)", "ms (hits)");
    for &accounts in sizes {
        let index = SearchIndex::build(&invented(accounts));
        let haystacks: Vec<String> = index.keys().map(|key| format!("{} {}", key.handle, key.name)).collect();
        for typed in TYPED {
            let mut times: [Vec<f64>; 3] = Default::default();
            let mut hits = [0; 3];
            for _ in 0..turns {
                let searches: [&dyn Fn() -> usize; 3] =
                    [&|| ours(&index, typed), &|| nucleo(&haystacks, typed), &|| frizbee(&haystacks, typed)];
                for ((times, hits), search) in times.iter_mut().zip(&mut hits).zip(searches) {
                    let start = Instant::now();
                    *hits = search();
                    times.push(start.elapsed().as_secs_f64() * 1_000.0);
                }
            }
            let cells = times.iter_mut().zip(hits).map(|(times, hits)| {
                times.sort_by(f64::total_cmp);
                format!("{:>18}", format!("{:.1} ({hits})", times[times.len() / 2]))
            });
            println!("{accounts:>9}  {typed:6} {}", cells.collect::<Vec<_>>().join(" "));
        }
    }
}

fn invented(accounts: u32) -> Vec<Account> {
    let account = |number: u32| {
        let word = number.wrapping_mul(2_654_435_761) >> 9;
        let (first, last) = (FIRST[word as usize % FIRST.len()], LAST[(word / 9) as usize % LAST.len()]);
        let profile = Profile {
            handle: Some(format!("{}_{number}", LAST[(word / 72) as usize % LAST.len()])),
            name: Some(format!("{first} {last}")),
            bio: Some(BIOS[(word / 576) as usize % BIOS.len()].to_owned()),
            ..Profile::default()
        };
        let platform_id = number.to_string();
        Account {
            id: AccountId(number),
            platform: Default::default(),
            platform_id,
            profile,
            avatar: None,
            activity: Activity::default(),
        }
    };
    (1..=accounts).map(account).collect()
}

fn ours(index: &SearchIndex, typed: &str) -> usize {
    let watch = Watch { cancelled: &|| false, first: &|_| {} };
    search(index, typed, SEARCH_LIMIT, None, &watch).unwrap().hits.len()
}

fn nucleo(haystacks: &[String], typed: &str) -> usize {
    let pattern = Pattern::parse(typed, CaseMatching::Respect, Normalization::Never);
    let scan = |(part, haystacks): (usize, &[String])| {
        let mut matcher = Matcher::new(nucleo_matcher::Config::DEFAULT);
        let mut letters = Vec::new();
        let score = |(number, haystack): (usize, &String)| {
            let score = pattern.score(Utf32Str::new(haystack, &mut letters), &mut matcher)?;
            Some((score, part * 4_096 + number))
        };
        haystacks.iter().enumerate().filter_map(score).collect::<Vec<_>>()
    };
    let mut hits = haystacks.par_chunks(4_096).enumerate().map(scan).collect::<Vec<_>>().concat();
    hits.par_sort_unstable_by_key(|&(score, number)| (std::cmp::Reverse(score), number));
    hits.len()
}

fn frizbee(haystacks: &[String], typed: &str) -> usize {
    let mut matcher = frizbee::Matcher::new(typed, &Config::default());
    matcher.match_list_parallel(haystacks, rayon::current_num_threads()).len()
}
