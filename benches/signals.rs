//! All signals of 100,000 invented accounts with a million posts: `cargo bench --bench signals`. Each account posts ten
//! times, seven of these are retweets; of what they say in their own words a fifth is said by others too.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at once")]

use bot_tui::graph::Task;
use bot_tui::model::{Account, AccountId, Activity, ObjectId, Profile, Timestamp};
use bot_tui::signals::{FEWEST_WORDS, Observations, PostTimes, Statements, TimedRetweets, account_signals};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// A small generator of numbers, so that every run sees the same accounts.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(below.max(1))) as u32
    }

    /// Words often and seldom, about as a language has them.
    fn text(&mut self, words: u32) -> Vec<String> {
        let mut word = || {
            let share = f64::from(self.next(1 << 24)) / f64::from(1 << 24);
            format!("word{}", (60_000_f64.powf(share)) as u32)
        };
        (0..words).map(|_| word()).collect()
    }
}

fn accounts(count: u32, numbers: &mut Numbers) -> Vec<Account> {
    let account = |id| {
        let bio = if numbers.next(3) == 0 { String::new() } else { numbers.text(12).join(" ") };
        let profile = Profile {
            handle: Some(format!("some_{}", numbers.next(1 << 20))),
            bio: Some(bio),
            followers: Some(u64::from(numbers.next(5_000))),
            following: Some(u64::from(numbers.next(5_000))),
            created_at: Some(Timestamp(i64::from(numbers.next(4_000)) * 43_200_000)),
            ..Profile::default()
        };
        let activity = Activity {
            posts: 10,
            retweet_posts: 7,
            retweets: 7,
            top_author_retweets: 4,
            top_author: Some(AccountId(1)),
        };
        Account {
            id: AccountId(id),
            platform: Default::default(),
            platform_id: id.to_string(),
            profile,
            avatar: None,
            activity,
        }
    };
    (1..=count).map(account).collect()
}

fn statements(accounts: u32, numbers: &mut Numbers) -> Statements {
    let mut all = Statements::default();
    let slogans: Vec<Vec<String>> = (0..500).map(|_| numbers.text(16)).collect();
    for place in (0..accounts).flat_map(|place| [place; 3]) {
        let mut words = match numbers.next(5) {
            0 => slogans[numbers.next(500) as usize].clone(),
            _ => numbers.text(16),
        };
        let changed = numbers.next(16) as usize;
        words[changed] = format!("other{}", numbers.next(1_000));
        let Some(set) = all.words.add(words.iter().map(String::as_str), FEWEST_WORDS) else { continue };
        if set as usize == all.objects.len() {
            all.objects.push(ObjectId(set));
        }
        all.said.push((place, set));
    }
    all
}

#[divan::bench(args = [10_000, 100_000], sample_count = 3)]
fn every_signal(bencher: Bencher<'_, '_>, count: u32) {
    let mut numbers = Numbers(7);
    let accounts = accounts(count, &mut numbers);
    let times = (0..count).flat_map(|place| [place; 10]);
    let times = times.map(|place| (place, Timestamp(i64::from(numbers.next(30 * 86_400)) * 1_000))).collect();
    let posts = PostTimes::new(times, accounts.len());
    let statements = statements(count, &mut numbers);
    let retweets = vec![TimedRetweets { timed: 7, fast: 2, fastest_ms: Some(900) }; accounts.len()];
    let seen = Observations {
        accounts: &accounts,
        posts: &posts,
        retweets: &retweets,
        statements: &statements,
        clusters: &[],
    };
    bencher.bench(|| account_signals(black_box(&seen), &Task::UNWATCHED).unwrap());
}
