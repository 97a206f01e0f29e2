//! The same shares at other times, as if the members of clusters had shared when others do.

use crate::graph::Incidence;
use crate::graph::draw::Draw;
use crate::model::{Csr, dense};

/// Fewer times of others are too few to deal from.
const ENOUGH: usize = 10;

/// Deals times anew, round after round.
pub(super) struct Dealer {
    dealt: Incidence,
    /// The shares of each target with known times.
    shares: Csr<u32>,
    /// When accounts that are no members shared it.
    times: Csr<i64>,
    /// When each target was made, or first shared where that is not known.
    begun: Vec<i64>,
    /// How long after that accounts that are no members shared targets of each author; in the last row of anybody.
    delays: Csr<i64>,
    /// The row of `delays` that each target's lacking times are drawn from.
    row_of: Vec<u32>,
}

impl Dealer {
    /// `is_member` tells of each account by its number whether it is in a cluster.
    pub fn new(incidence: &Incidence, is_member: &[bool]) -> Self {
        let timed = incidence.timed_shares();
        let mut account_of = vec![0_u32; incidence.share_count()];
        for number in (0..incidence.account_bound()).map(dense) {
            account_of[incidence.shares_at(number)].fill(number);
        }
        let is_others = |share: u32| !is_member[account_of[share as usize] as usize];
        let (mut times, mut begun, mut drawn) = (Csr::default(), Vec::new(), Vec::new());
        let mut authors: Vec<u32> = Vec::new();
        for target in (0..incidence.target_count()).map(dense) {
            let shares = timed.row(target as usize);
            let first = shares.iter().map(|&(at, _)| at).min().unwrap_or(0);
            let begin = incidence.made_at(target).map_or(first, |made| made.0.min(first));
            let known = incidence.made_at(target).is_some();
            let of_others = shares.iter().filter(|&&(_, share)| is_others(share)).map(|&(at, _)| at);
            let author = incidence.author(target).map_or(u32::MAX, |author| author.0);
            // Where a target begins with its first share, nobody took no time to share it.
            let later = of_others.clone().filter(|&at| known || at > begin);
            drawn.extend(later.map(|at| (author, at.saturating_sub(begin))));
            times.push(of_others);
            begun.push(begin);
            authors.push(author);
        }
        let (delays, row_of) = by_author(drawn, &authors);
        let shares = timed.map(|(_, share)| share);
        Self { dealt: incidence.clone(), shares, times, begun, delays, row_of }
    }

    /// Whether there are times enough of accounts that are no members.
    pub fn has_enough(&self) -> bool {
        self.delays.row(self.delays.len() - 1).len() >= ENOUGH
    }

    /// The shares as this round deals their times: of each target those of others among all who shared it, each once, and what
    /// is lacking from how long after its beginning others shared targets of that author, or of anybody.
    pub fn deal(&mut self, round: u64) -> &Incidence {
        let mut draw = Draw::new(round);
        let mut dealt = self.dealt.shares().1.to_vec();
        for target in 0..self.shares.len() {
            let mut times = self.times.row(target).to_vec();
            if times.len() < ENOUGH {
                times.clear();
            }
            draw.shuffle(&mut times);
            let mut shares = self.shares.row(target).to_vec();
            draw.shuffle(&mut shares);
            let delays = self.delays.row(self.row_of[target] as usize);
            for share in shares {
                let lacking = |draw: &mut Draw| {
                    delays.get(draw.below(delays.len())).map(|&delay| self.begun[target].saturating_add(delay))
                };
                if let Some(at) = times.pop().or_else(|| lacking(&mut draw)) {
                    dealt[share as usize] = at;
                }
            }
        }
        self.dealt.set_times(dealt);
        &self.dealt
    }
}

/// Delays author by author, those of anybody last, and the row for each target by its author: that of anybody where an author
/// has too few, or is not known.
fn by_author(mut drawn: Vec<(u32, i64)>, author_of: &[u32]) -> (Csr<i64>, Vec<u32>) {
    drawn.sort_unstable();
    let mut delays = Csr::default();
    let mut known: Vec<u32> = Vec::new();
    for run in drawn.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() >= ENOUGH && run[0].0 != u32::MAX) {
        known.push(run[0].0);
        delays.push(run.iter().map(|&(_, delay)| delay));
    }
    delays.push(drawn.iter().map(|&(_, delay)| delay));
    let row = |author: &u32| dense(known.binary_search(author).unwrap_or(known.len()));
    (delays, author_of.iter().map(row).collect())
}
