//! Whether the ids of a file look rounded, column by column: one long id that ends in zeros is chance, a column of which
//! most do is not.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::model::{PostRecord, RoundedIds, RoundedKind};
use crate::text::{LongId, some_of};

/// What ids can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Account,
    Post,
    Target,
    TargetAuthor,
    Reply,
    Quote,
}

const ROLES: [(Role, &str, Option<RoundedKind>); 6] = [
    (Role::Account, "accounts", Some(RoundedKind::Account)),
    (Role::Post, "posts", None),
    (Role::Target, "retweeted posts", Some(RoundedKind::Target)),
    (Role::TargetAuthor, "retweeted accounts", Some(RoundedKind::Account)),
    (Role::Reply, "replied-to posts", Some(RoundedKind::Reply)),
    (Role::Quote, "quoted posts", Some(RoundedKind::Quote)),
];

/// Different ids of a column that are looked at: an even sample of all.
const SAMPLE: usize = 256;
/// Digits that a spreadsheet keeps of a number, and that a program keeps which reckons in doubles.
const SPREADSHEET: u8 = 15;
const DOUBLE: u8 = 17;
/// Different ids of a column that all have to be doubles: of genuine ones four in ten are by chance.
const FEWEST_DOUBLES: usize = 24;
/// Stands for all digits.
const EVERY: u8 = u8::MAX;
/// Zeros that ids must have together, beyond those that one of them may have by chance.
const ZEROS: [(u8, u32); 2] = [(SPREADSHEET, 3), (DOUBLE, 6)];

/// Watches the ids of a file or of a part of it.
#[derive(Debug, Default)]
pub(super) struct IdWatch {
    columns: [Column; ROLES.len()],
}

/// Long ids of one column.
#[derive(Debug, Default)]
struct Column {
    /// By hash, the smallest ones: so they are the same whatever the order of rows.
    sample: BTreeMap<u64, LongId>,
    /// One that was written with a point.
    with_point: bool,
    /// How often there was any.
    long: u64,
    /// How often one that ends in a zero or is written with a point, and one that a double holds exactly.
    suspect: u64,
    doubles: u64,
    /// The smallest of the latter, to be told.
    example: Option<String>,
}

impl IdWatch {
    /// Looks at a post.
    pub fn post(&mut self, record: &PostRecord<&str>) {
        let target = record.retweet_of.as_ref().filter(|target| !target.synthetic);
        self.look(Role::Account, record.author);
        self.look(Role::Post, record.platform_id);
        target.into_iter().for_each(|target| self.look(Role::Target, target.platform_id));
        target.and_then(|target| target.author).into_iter().for_each(|author| self.look(Role::TargetAuthor, author));
        record.reply_to.iter().for_each(|post| self.look(Role::Reply, post.platform_id));
        record.quote_of.iter().for_each(|post| self.look(Role::Quote, post.platform_id));
    }

    /// Looks at the id of an account.
    pub fn account(&mut self, id: &str) {
        self.look(Role::Account, id);
    }

    fn look(&mut self, role: Role, id: &str) {
        if let Some(long) = LongId::parse(id) {
            self.columns[role as usize].look(id, long);
        }
    }

    /// Takes in what was seen of other records.
    pub fn add(&mut self, seen: Self) {
        self.columns.iter_mut().zip(seen.columns).for_each(|(column, seen)| column.add(seen));
    }

    /// Which ids of the file look rounded.
    pub fn rounded(&self) -> Vec<RoundedIds> {
        let found = self
            .columns
            .iter()
            .zip(ROLES)
            .filter_map(|(column, (_, _, kind))| Some(RoundedIds { kind: kind?, digits: column.digits_kept()? }));
        found.collect()
    }

    /// What is to be said, in words for the user. Ids in it come as the data writes them.
    pub fn warnings(&self) -> Vec<String> {
        let odd = self.columns.iter().zip(ROLES).filter(|(column, _)| column.digits_kept().is_some());
        let words = odd.map(|(column, (_, what, kind))| {
            let marked = if kind.is_some() { ", and links that rest on them are marked" } else { "" };
            let count = if column.digits_kept() == Some(EVERY) { column.long } else { column.suspect };
            let (one, several) = (format!("of {what} looks rounded"), format!("of {what} look rounded"));
            format!(
                "{}, such as {:.30}: a spreadsheet or another program seems to have taken them for numbers, so that \
                 different {what} may count as one{marked}; import the original export",
                some_of(count, column.long, "long id", [&one, &several]),
                column.example.as_deref().unwrap_or("all of them"),
            )
        });
        words.collect()
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    // Spread evenly, so that the smallest ones are a sample of all (splitmix64).
    let mixed = (hasher.finish() ^ (hasher.finish() >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

impl Column {
    fn look(&mut self, id: &str, long: LongId) {
        self.long += 1;
        self.doubles += u64::from(long.is_double);
        if long.with_point || long.kept < long.digits {
            self.with_point |= long.with_point;
            self.suspect += 1;
            if self.example.as_deref().is_none_or(|example| id < example) {
                self.example = Some(id.to_owned());
            }
        }
        self.sample(hash(id), long);
    }

    fn sample(&mut self, hash: u64, long: LongId) {
        let is_full = self.sample.len() >= SAMPLE;
        if is_full && self.sample.last_key_value().is_some_and(|(&last, _)| hash >= last) {
            return;
        }
        if self.sample.insert(hash, long).is_none() && is_full {
            self.sample.pop_last();
        }
    }

    fn add(&mut self, seen: Self) {
        self.long += seen.long;
        self.suspect += seen.suspect;
        self.doubles += seen.doubles;
        self.with_point |= seen.with_point;
        self.example = match (self.example.take(), seen.example) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        seen.sample.into_iter().for_each(|(hash, long)| self.sample(hash, long));
    }

    /// How many digits the ids that look rounded have at the most; `None` where none do. 0 stands for those alone that are
    /// written with a point, whatever the others look like.
    fn digits_kept(&self) -> Option<u8> {
        let looks = |(digits, zeros): (u8, u32)| {
            let fitting =
                || self.sample.values().filter(move |id| id.fits(digits) && (id.digits > digits || id.with_point));
            // A point is as good as many zeros.
            let seen = |id: &LongId| if id.with_point { zeros } else { u32::from(id.digits - digits) };
            2 * fitting().count() > self.sample.len() && fitting().map(seen).sum::<u32>() >= zeros
        };
        let most = ZEROS.into_iter().filter(|&rule| looks(rule)).map(|(digits, _)| digits).max();
        most.or(self.are_doubles().then_some(EVERY)).or(self.with_point.then_some(0))
    }

    /// Whether a program that reckons in doubles wrote the column out in full, so that no digit tells.
    fn are_doubles(&self) -> bool {
        self.doubles == self.long && self.sample.len() >= FEWEST_DOUBLES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PostReference;

    fn watch(targets: &[&str]) -> IdWatch {
        let mut watch = IdWatch::default();
        for target in targets {
            let target = PostReference { platform_id: *target, ..PostReference::default() };
            watch.post(&PostRecord {
                platform_id: "1",
                author: "a",
                retweet_of: Some(target),
                ..PostRecord::default()
            });
        }
        watch
    }

    fn digits(targets: &[&str]) -> Option<u8> {
        watch(targets).rounded().first().map(|found| found.digits)
    }

    #[test]
    fn a_column_of_which_most_end_in_zeros_is_rounded() {
        assert_eq!(digits(&["1294030472427830000", "1294030472427830000"]), Some(15));
        assert_eq!(digits(&["906000000000000000", "914580356430530000"]), Some(15));
        assert_eq!(digits(&["1294030472427835392.0", "1294030472427830000"]), Some(17));
        // As JavaScript writes doubles.
        let doubles = ["1294030472427835400", "1294030472427999700", "1294030472427123500", "1294030472427835392"];
        assert_eq!(digits(&doubles), Some(17));
        let words = watch(&["1294030472427830000"]).warnings();
        assert!(words[0].starts_with("the only long id of retweeted posts looks rounded, such as 1294"), "{words:?}");
    }

    #[test]
    fn one_id_that_ends_in_zeros_is_chance() {
        assert_eq!(digits(&["1294030472427830000", "1294030472427835392", "1294030472427999713"]), None);
        assert_eq!(digits(&["914580356430536700"]), None);
        assert_eq!(digits(&["914580356430536700", "914580356430536710", "914580356430536711"]), None);
        assert_eq!(digits(&["100", "2000000000000000", "text:rose:1"]), None);
        assert!(watch(&["1294030472427835392"]).warnings().is_empty());
        // A target that many share counts once.
        let popular = ["914580356430500000"; 50];
        assert_eq!(digits(&[&popular[..], &["914580356430536711", "914580356430536713"]].concat()), None);
    }

    #[test]
    fn a_column_that_went_through_doubles_is_rounded_though_no_zero_tells() {
        let through = |id: u64| (id as f64 as u64).to_string();
        let genuine: Vec<String> =
            (0..60).map(|n| (1_294_030_472_427_835_391 + n * 7_919_000_113_u64).to_string()).collect();
        let rounded: Vec<String> = genuine.iter().map(|id| through(id.parse().unwrap())).collect();
        let texts = |ids: &[String]| digits(&ids.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(texts(&rounded), Some(EVERY));
        assert_eq!((texts(&genuine), texts(&rounded[..20])), (None, None), "a few may be so by chance");
        assert_eq!(texts(&[&rounded[..], &genuine[..1]].concat()), None, "one that is none clears the column");
        let words = watch(&rounded.iter().map(String::as_str).collect::<Vec<_>>()).warnings();
        assert!(words[0].starts_with("all 60 long ids of retweeted posts look rounded"), "{words:?}");
    }

    #[test]
    fn ids_with_a_point_are_rounded_whatever_the_others_are() {
        let others = ["1294030472427835391", "1294030472427999713", "1294030472427123591"];
        assert_eq!(digits(&[&others[..], &["1294030472427835392.0"]].concat()), Some(0));
    }

    #[test]
    fn parts_of_a_file_give_what_the_whole_gives() {
        let ids: Vec<String> = (0..900_u64).map(|n| format!("{}0000", 129_403_047_242_000 + n * 7)).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let whole = watch(&ids);
        let mut parts = watch(&ids[500..]);
        parts.add(watch(&ids[..500]));
        assert_eq!(whole.columns[Role::Target as usize].sample, parts.columns[Role::Target as usize].sample);
        assert_eq!(whole.warnings(), parts.warnings());
        assert_eq!(whole.columns[Role::Target as usize].sample.len(), SAMPLE);
    }
}
