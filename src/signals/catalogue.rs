//! Every signal of an account: what it is called, what it means, what it cannot tell.

/// A signal of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// Retweets among posts.
    RetweetShare,
    /// Retweets of one author among retweets.
    SinglePurpose,
    /// Retweets within seconds of the original.
    FastRetweets,
    /// How even the gaps between posts are.
    GapRegularity,
    /// Hours of the day without posts.
    Hours,
    /// Created together with others.
    CreationBurst,
    /// Others with the same figures.
    ProfileTwins,
    /// Others in the cluster with a handle of the same shape.
    HandleTemplate,
    /// Others with nearly the same bio.
    BioTwins,
    /// Statements that others made too.
    TextTwins,
}

impl Signal {
    /// Every signal, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::RetweetShare,
        Self::SinglePurpose,
        Self::FastRetweets,
        Self::GapRegularity,
        Self::Hours,
        Self::CreationBurst,
        Self::ProfileTwins,
        Self::HandleTemplate,
        Self::BioTwins,
        Self::TextTwins,
    ];

    /// Its name in exports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RetweetShare => "retweet_share",
            Self::SinglePurpose => "single_purpose",
            Self::FastRetweets => "fast_retweets",
            Self::GapRegularity => "gap_regularity",
            Self::Hours => "hours",
            Self::CreationBurst => "creation_burst",
            Self::ProfileTwins => "profile_twins",
            Self::HandleTemplate => "handle_template",
            Self::BioTwins => "bio_twins",
            Self::TextTwins => "text_twins",
        }
    }

    /// What its value is.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::RetweetShare => "share of its posts in the data that are retweets; from 5 posts on",
            Self::SinglePurpose => "largest share of its retweets that go to one account; from 5 retweets on",
            Self::FastRetweets => {
                "share of its retweets within 10 s of the original, of those with both times; from 5 on"
            }
            Self::GapRegularity => {
                "burstiness (σ − μ) / (σ + μ) of the gaps between its posts: −1 for even steps, 0 at random; from 10 gaps on"
            }
            Self::Hours => "longest stretch of hours of the day (UTC) in which it never posted; from 24 posts on",
            Self::CreationBurst => {
                "−log10 of the chance that so many others were created within 24 h, at the pace of the 90 days around"
            }
            Self::ProfileTwins => {
                "other accounts with the same follower and friend counts and the same state of the bio"
            }
            Self::HandleTemplate => "share of the other members of its cluster whose handle has the same shape",
            Self::BioTwins => "other accounts whose bio has nearly the same words (Jaccard 0.8 or more)",
            Self::TextTwins => "share of its own statements that others made with nearly the same words; from 3 on",
        }
    }

    /// What it cannot tell.
    #[must_use]
    pub fn cannot_tell(self) -> &'static str {
        match self {
            Self::RetweetShare => {
                "Many people only retweet; and the data may hold retweets because those were collected."
            }
            Self::SinglePurpose => "Data that was collected around one account shows retweets of that account.",
            Self::FastRetweets => "Notifications make people fast; times may be rounded to the minute by the export.",
            Self::GapRegularity => {
                "Programs can post at random; posts that were not collected leave gaps that were not there."
            }
            Self::Hours => {
                "It shows neither the time zone nor who slept: few posts, shift work and shared accounts look alike."
            }
            Self::CreationBurst => {
                "An event, a campaign to join or a platform that opens brings many people on one day."
            }
            Self::ProfileTwins => {
                "Small counts coincide by chance; counts differ with the day on which a profile was seen."
            }
            Self::HandleTemplate => "Fans and members of a movement choose names alike; short shapes are common.",
            Self::BioTwins => "Proverbs, slogans and party lines are many people's.",
            Self::TextTwins => "Slogans, prayers, petitions and share buttons give many people the same words.",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_signal_says_what_it_cannot_tell_and_none_passes_a_verdict() {
        let names: BTreeSet<&str> = Signal::ALL.iter().map(|signal| signal.name()).collect();
        assert_eq!(names.len(), Signal::ALL.len());
        for signal in Signal::ALL {
            assert!(signal.cannot_tell().ends_with('.'));
            let words = format!("{} {}", signal.meaning(), signal.cannot_tell()).to_lowercase();
            let passed = |word: &str| ["bot", "bots", "fake", "troll", "inauthentic"].contains(&word);
            assert!(!words.split(|letter: char| !letter.is_alphanumeric()).any(passed), "{words}");
        }
    }
}
