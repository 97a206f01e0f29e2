//! Accounts that may be the audited figure too, as in another language, or that the same accounts amplify: where these are
//! not audited together with it, its own campaign stands among the controls.

use rustc_hash::{FxHashMap, FxHashSet};

use super::figures::Figures;
use super::{AuditBasis, Match};
use crate::model::{Account, AccountId, AccountKey};
use crate::signals::handle_template::{is_assigned, shape};
use crate::text::fold;

/// Why an account may belong to the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// It has the same name.
    Name,
    /// It has the same picture, or nearly.
    Picture,
    /// Its handle is the same but for a language or a number.
    Handle,
    /// So many controls that are in clusters retweet it.
    Controls(u32),
}

/// An account that may belong to the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// Which.
    pub account: AccountId,
    /// How many accounts retweeted it.
    pub retweeters: u32,
    /// Why.
    pub why: Vec<Likeness>,
}

impl Kin {
    /// Whether its name, picture or handle is like the hub's, and not only whom controls in clusters retweet.
    #[must_use]
    pub fn looks_alike(&self) -> bool {
        self.why.iter().any(|why| !matches!(why, Likeness::Controls(_)))
    }
}

/// Accounts that are named at the most.
const MOST: usize = 12;
/// Controls in clusters are spoken of from so many on, and from this share of all controls on.
const FEWEST_CLUSTERED: usize = 3;
const CLUSTERED_SHARE: usize = 10;
/// Digits from which on a number at the end of a handle is taken for the platform's.
const ASSIGNED_DIGITS: usize = 5;
/// Letters of a name or of a handle's stem that say something.
const FEWEST_LETTERS: usize = 4;
/// ISO 639-1, and what else is said of a language in handles.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
    iu ja jp jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb \
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st \
    su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu arabic english espanol \
    farsi french german hindi persian portuguese russian spanish turkish urdu eng esp fra ger ita per rus tur";

/// Whether so many controls are in clusters that it has to be spoken of.
pub(super) fn controls_stand_in_clusters(pairs: &[Match]) -> bool {
    let clustered = pairs.iter().filter(|pair| pair.control.cluster.is_some()).count();
    clustered >= FEWEST_CLUSTERED && clustered * CLUSTERED_SHARE >= pairs.len()
}

/// Who may belong to the hub, those with most retweeters first.
pub(super) fn kin(
    basis: &AuditBasis<'_>,
    members: &FxHashSet<AccountId>,
    pairs: &[Match],
    figures: &Figures,
) -> Vec<Kin> {
    let hub: Vec<Look> = basis.accounts.iter().filter(|one| members.contains(&one.id)).map(Look::new).collect();
    let of_controls = of_controls(basis, pairs);
    let clustered: FxHashSet<AccountId> = basis.clusters.iter().flat_map(|cluster| &cluster.members).copied().collect();
    let mut found: Vec<(Kin, Option<AccountKey>)> = Vec::new();
    for (account, retweeters) in figures.iter() {
        let mut why: Vec<Likeness> = match basis.account(account) {
            Some(one) => hub.iter().flat_map(|look| look.likeness(&Look::new(one), basis)).collect(),
            None => Vec::new(),
        };
        // Who stands in a cluster amplifies, and is not what is amplified.
        let amplified = !clustered.contains(&account);
        why.extend(of_controls.get(&account).filter(|_| amplified).map(|&controls| Likeness::Controls(controls)));
        why.sort_unstable_by_key(|likeness| likeness.order());
        why.dedup();
        if !why.is_empty() {
            found.push((Kin { account, retweeters, why }, basis.key(account)));
        }
    }
    found.sort_by(|(a, a_key), (b, b_key)| b.retweeters.cmp(&a.retweeters).then_with(|| a_key.cmp(b_key)));
    found.into_iter().take(MOST).map(|(kin, _)| kin).collect()
}

/// Whom half of the controls in clusters or more retweet, and how many of them.
fn of_controls(basis: &AuditBasis<'_>, pairs: &[Match]) -> FxHashMap<AccountId, u32> {
    let mut counts = FxHashMap::default();
    if !controls_stand_in_clusters(pairs) {
        return counts;
    }
    let mut clustered = 0;
    for control in pairs.iter().map(|pair| &pair.control).filter(|control| control.cluster.is_some()) {
        clustered += 1;
        let authors: FxHashSet<AccountId> = basis.authors_of(control.account).into_iter().collect();
        authors.into_iter().for_each(|author| *counts.entry(author).or_default() += 1);
    }
    counts.retain(|_, count| 2 * *count >= clustered);
    counts
}

impl Likeness {
    fn order(self) -> u8 {
        match self {
            Self::Name => 0,
            Self::Picture => 1,
            Self::Handle => 2,
            Self::Controls(_) => 3,
        }
    }
}

/// How an account looks.
struct Look<'a> {
    account: &'a Account,
    name: String,
    stems: Vec<String>,
}

impl<'a> Look<'a> {
    fn new(account: &'a Account) -> Self {
        let name = account.profile.name.as_deref().map(fold).unwrap_or_default();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        // Handles that the platform assigns differ by their numbers alone, and that says nothing.
        let own = shown_name(account).filter(|handle| !is_assigned(&shape(handle)) || !has_long_number(handle));
        Self { account, name, stems: own.map(stems).unwrap_or_default() }
    }

    fn likeness(&self, other: &Look<'_>, basis: &AuditBasis<'_>) -> Vec<Likeness> {
        let mut why = Vec::new();
        // A first name alone is borne by many.
        if self.name == other.name && self.name.contains(' ') && self.name.chars().count() >= FEWEST_LETTERS {
            why.push(Likeness::Name);
        }
        let own = |one: &Look<'_>| one.account.avatar.filter(|&avatar| !basis.graph.is_default_avatar(avatar));
        let linked = basis.graph.link(self.account.id, other.account.id).is_some_and(|link| link.avatar.is_some());
        if linked || own(self).is_some_and(|avatar| own(other) == Some(avatar)) {
            why.push(Likeness::Picture);
        }
        if self.stems.iter().any(|stem| other.stems.contains(stem)) {
            why.push(Likeness::Handle);
        }
        why
    }
}

/// The handle; where the data have none, the id, if it is a word that stands for one and no number or address of a platform.
fn shown_name(account: &Account) -> Option<&str> {
    let is_word = |id: &&str| !id.contains(|character: char| character.is_ascii_digit() || character == ':');
    account.profile.handle.as_deref().or_else(|| Some(account.platform_id.as_str()).filter(is_word))
}

/// Nobody writes so long a number of an own handle.
fn has_long_number(handle: &str) -> bool {
    handle.chars().filter(char::is_ascii_digit).count() >= ASSIGNED_DIGITS
}

/// What a handle may be without its language and its number: `Figure_Name_ar`, `figurename_en2` and `FigureNameFR` all may
/// be `figurename`.
fn stems(handle: &str) -> Vec<String> {
    let whole: String = fold(handle).chars().filter(|character| character.is_alphanumeric()).collect();
    let bare = whole.trim_matches(|character: char| character.is_ascii_digit());
    let mut stems = vec![whole.as_str(), bare];
    for language in LANGUAGES.split_whitespace() {
        stems.extend(bare.strip_suffix(language));
        stems.extend(bare.strip_prefix(language));
    }
    let mut stems: Vec<String> =
        stems.into_iter().filter(|stem| stem.chars().count() >= FEWEST_LETTERS).map(str::to_owned).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_that_differ_by_a_language_or_a_number_are_alike() {
        let alike = |a: &str, b: &str| stems(a).iter().any(|stem| stems(b).contains(stem));
        for (a, b) in [
            ("Orla_Invented", "orla_invented_ar"),
            ("orla_en", "OrlaFR"),
            ("orla_invented2", "es_orla_invented"),
            ("orlaenglish", "orla_fa"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in [("orla_invented", "orla_imagined"), ("bo_en", "bo_fr"), ("lamp_01", "lamb_01")] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
}
