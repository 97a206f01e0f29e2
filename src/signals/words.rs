//! What signals read, in words.

use super::{AccountSignals, CreationBurst, GapRegularity, Hours, Signal, Silence, TextTwins, Told};
use crate::model::AccountId;
use crate::text::{count_of, gap, percent, thousands};

/// A reading in words. Names in it are hostile until sanitised.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingWords {
    /// The value.
    pub value: String,
    /// Where it stands in the data, 0 to 100.
    pub percentile: f64,
    /// What it rests on.
    pub evidence: String,
}

type InWords = Result<ReadingWords, Silence>;

impl AccountSignals {
    /// What a signal reads of the account at `place`, in words. `name` is how an account is called.
    ///
    /// # Errors
    /// Says why there is no value.
    pub fn words(&self, signal: Signal, place: usize, name: &dyn Fn(AccountId) -> String) -> InWords {
        let count = |count: u32| thousands(u64::from(count));
        match signal {
            Signal::RetweetShare => told(&self.retweet_share, place, percent, |of| {
                format!("{} of {} posts are retweets", count(of.retweets), count(of.posts))
            }),
            Signal::SinglePurpose => told(&self.single_purpose, place, percent, |of| {
                format!("{} of {} retweets go to {}", count(of.of_author), count(of.retweets), name(of.author))
            }),
            Signal::FastRetweets => told(&self.fast_retweets, place, percent, |of| {
                let fastest =
                    of.fastest_ms.map_or_else(String::new, |fastest| format!(", the fastest in {}", gap(fastest)));
                format!("{} of {} within 10 s of the original{fastest}", count(of.fast), count(of.timed))
            }),
            Signal::GapRegularity => told(&self.gap_regularity, place, number, gaps),
            Signal::Hours => told(&self.hours, place, |quiet| format!("{quiet:.0} h"), quiet),
            Signal::CreationBurst => told(&self.creation_burst, place, number, created),
            Signal::ProfileTwins => told(&self.profile_twins, place, whole, |of| {
                let (followers, following) = (thousands(of.followers), thousands(of.following));
                format!("followers {followers}, following {following}{}", named(", ", &of.examples, of.others, name))
            }),
            Signal::HandleTemplate => told(&self.handle_template, place, percent, |of| {
                let rest = of.members - 1;
                let (others, shape) = (count(of.others), &of.shape);
                format!(
                    "{others} of {rest} others are like {shape}, {:.1} expected{}",
                    of.expected,
                    named(": ", &of.examples, of.others, name)
                )
            }),
            Signal::BioTwins => told(&self.bio_twins, place, whole, |of| {
                format!("{} with the same words{}", count(of.same_words), named(", ", &of.examples, of.others, name))
            }),
            Signal::TextTwins => told(&self.text_twins, place, percent, |of| texts(of, name)),
        }
    }
}

fn told<E>(all: &[Told<E>], place: usize, value: impl Fn(f64) -> String, words: impl Fn(&E) -> String) -> InWords {
    let reading = all.get(place).ok_or(Silence::Unknown("not in the data"))?.as_ref().map_err(|silence| *silence)?;
    let (value, percentile, evidence) = (value(reading.value), reading.percentile, words(&reading.evidence));
    Ok(ReadingWords { value, percentile, evidence })
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}

fn number(value: f64) -> String {
    format!("{value:.2}")
}

fn named(before: &str, examples: &[AccountId], all: u32, name: &dyn Fn(AccountId) -> String) -> String {
    if examples.is_empty() {
        return String::new();
    }
    let names: Vec<String> = examples.iter().map(|&id| name(id)).collect();
    let more = if all as usize > examples.len() { ", …" } else { "" };
    format!("{before}{}{more}", names.join(" "))
}

fn gaps(of: &GapRegularity) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "gaps of posts are not negative")]
    let words = |seconds: f64| gap((seconds * 1_000.0) as u64);
    let (mean, deviation) = (words(of.mean_s), words(of.deviation_s));
    format!(
        "{} gaps, mean {mean}, deviation {deviation}, entropy {:.1} bits",
        thousands(of.gaps as u64),
        of.entropy_bits
    )
}

fn quiet(of: &Hours) -> String {
    let posts: u32 = of.posts.iter().sum();
    let until = (of.quiet_from + of.quiet) % 24;
    match of.quiet {
        0 => format!("{} in all 24 hours of the day", count_of(posts.into(), "post")),
        _ => format!("none of {} posts from {:02} to {until:02} h UTC", thousands(u64::from(posts)), of.quiet_from),
    }
}

fn created(of: &CreationBurst) -> String {
    format!("{} within 24 h, {:.1} expected, chance {:.1e}", count_of(of.others.into(), "other"), of.expected, of.p)
}

fn texts(of: &TextTwins, name: &dyn Fn(AccountId) -> String) -> String {
    let (twinned, statements) = (thousands(u64::from(of.twinned)), thousands(u64::from(of.statements)));
    let most = of.example.map_or_else(String::new, |example| {
        let times = match example.said_by_others {
            1 => "once".to_owned(),
            times => format!("{} times", thousands(times.into())),
        };
        format!(", one of them {times}, as by {}", name(example.other))
    });
    let were = if of.twinned == 1 { "was" } else { "were" };
    format!("{twinned} of {statements} statements {were} made by others too{most}")
}
