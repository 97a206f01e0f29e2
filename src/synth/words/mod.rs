//! What the invented people say. Every part is a whole sentence, so that any combination of parts is correct.
//!
//! Words of this room: *lexicon*, all words of one language; *parts*, lists of sentences, of which one each stands behind
//! another; *campaign*, the figure's posts; *mouthpiece*, one of few amplifiers whose posts their group retweets; *boosts*,
//! their posts.

mod ar;
mod en;
mod fa;
mod fr;

use super::story::Language;

/// Sentences that are put one behind another: one of each part.
pub(super) type Parts = [&'static [&'static str]; 3];

/// The words of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// The public figure's display name.
    pub(super) figure_name: &'static str,
    pub(super) figure_bio: &'static str,
    /// The public figure's posts.
    pub(super) campaign: Parts,
    /// The posts of an amplifier group's own mouthpieces.
    pub(super) boosts: Parts,
    /// Posts of daily life.
    pub(super) daily: Parts,
    /// The post that everybody shares.
    pub(super) viral: &'static str,
    /// Given names: in Latin letters for handles, as written in the language.
    pub(super) names: &'static [(&'static str, &'static str)],
    /// Two halves of a bio.
    pub(super) bios: [&'static [&'static str]; 2],
    /// Bios of amplifiers.
    pub(super) slogans: &'static [&'static str],
    /// What stands before a name in a memorial account's name.
    pub(super) in_memory_of: &'static str,
    /// Names of invented dead.
    pub(super) mourned: &'static [&'static str],
    pub(super) places: &'static [&'static str],
}

/// The words of a language.
pub(super) fn lexicon(language: Language) -> &'static Lexicon {
    match language {
        Language::English => &en::LEXICON,
        Language::French => &fr::LEXICON,
        Language::Persian => &fa::LEXICON,
        Language::Arabic => &ar::LEXICON,
    }
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// The `nth` combination of the parts. It repeats only after all combinations, and neighbours differ in most parts.
pub(super) fn compose(parts: &Parts, nth: usize) -> String {
    let total = parts.iter().map(|part| part.len()).product::<usize>().max(1);
    let mut step = total * 618 / 1000 + 1;
    while greatest_common_divisor(step, total) != 1 {
        step += 1;
    }
    let mut rest = nth % total * step % total;
    let mut text = String::new();
    for part in parts {
        let length = part.len().max(1);
        if let Some(sentence) = part.get(rest % length).filter(|sentence| !sentence.is_empty()) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(sentence);
        }
        rest /= length;
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn combinations(parts: &Parts) -> usize {
        parts.iter().map(|part| part.len()).product()
    }

    #[test]
    fn every_combination_comes_once_and_fits_a_post() {
        for language in Language::ALL {
            let words = lexicon(language);
            for parts in [&words.campaign, &words.boosts, &words.daily] {
                let texts: HashSet<String> = (0..combinations(parts)).map(|nth| compose(parts, nth)).collect();
                assert_eq!(texts.len(), combinations(parts), "{language:?}");
                let longest = texts.iter().map(|text| text.chars().count()).max().unwrap();
                assert!(longest <= 280, "{language:?}: {longest}");
            }
            assert!(combinations(&words.campaign) >= 500, "{language:?}");
            assert!(combinations(&words.daily) >= 2000, "{language:?}");
        }
    }

    #[test]
    fn persian_is_written_with_its_own_letters_and_joiners() {
        let words = lexicon(Language::Persian);
        let all = words.campaign.concat().concat() + &words.daily.concat().concat() + &words.boosts.concat().concat();
        assert!(all.matches('\u{200c}').count() > 40);
        assert!(!all.contains(['ي', 'ك', 'ى']), "Arabic letters in Persian words");
        assert!(!all.contains(" \u{200c}") && !all.contains("\u{200c} "));
    }

    #[test]
    fn handles_can_be_made_of_every_name() {
        for language in Language::ALL {
            let words = lexicon(language);
            assert_eq!(words.names.len(), 20, "{language:?}");
            for (latin, _) in words.names {
                assert!(latin.len() <= 7 && latin.bytes().all(|byte| byte.is_ascii_alphabetic()), "{latin}");
            }
        }
    }
}
