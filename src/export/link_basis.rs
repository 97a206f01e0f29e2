//! What a link rests on, as exports write it: its figures, what speaks against it, and its closest shared targets.

use std::collections::HashMap;

use serde::Serialize;

use super::{ExportError, Source};
use crate::model::{
    AccountId, AvatarMatch, CoShare, Link, ObjectId, ObjectKind, SharedTarget, Timestamp, closest_first,
};
use crate::signals::PairCautions;

/// Shared targets of a link that are written out, the smallest gap first; `shared` says how many there are.
const TARGETS: usize = 20;

/// What a link rests on.
#[derive(Debug, Serialize)]
pub struct LinkBasis {
    /// What both shared.
    pub co_share: Option<CoShareOut>,
    /// Their pictures, where these are alike.
    pub avatar: Option<AvatarLinkOut>,
}

/// Shared targets.
#[derive(Debug, Serialize)]
pub struct CoShareOut {
    layer: ObjectKind,
    links_by_itself: bool,
    /// How many both shared.
    pub shared: u32,
    /// How many of them within the window.
    pub shared_within: u32,
    /// 0 to 1, where known.
    pub cosine: Option<f64>,
    binary_cosine: Option<f64>,
    median_gap_seconds: Option<f64>,
    p: Option<f64>,
    q: Option<f64>,
    p_author_held: Option<f64>,
    p_timing: Option<f64>,
    /// How many of the ids that this rests on look rounded: of shared targets and of the two accounts.
    pub rounded_ids: u32,
    /// What speaks against reading much into it, in words.
    pub cautions: Vec<String>,
    targets: Vec<TargetOut>,
}

#[derive(Debug, Serialize)]
struct TargetOut {
    id: String,
    synthetic: bool,
    rounded: bool,
    shared_by: u32,
    at: Option<String>,
    other_at: Option<String>,
    gap_seconds: Option<f64>,
}

/// Pictures that are alike.
#[derive(Debug, Serialize)]
pub struct AvatarLinkOut {
    /// Whether the bytes are equal.
    pub same_file: bool,
    /// Bits of 256 that differ.
    pub pdq_distance: u32,
}

/// Reads what links rest on, with the names of the targets that were read before.
#[derive(Debug)]
pub(super) struct LinkReader<'a> {
    source: &'a Source<'a>,
    keys: HashMap<ObjectId, String>,
}

impl<'a> LinkReader<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self { source, keys: HashMap::new() }
    }

    /// What the link of `a` and `b` rests on; `at` of a target is the time of `a`.
    pub(super) fn read(&mut self, a: AccountId, b: AccountId, link: &Link) -> Result<LinkBasis, ExportError> {
        let co_share = match link.co_share {
            Some(co) => Some(self.co_share(a, b, co, link.co_share_kept)?),
            None => None,
        };
        let avatar = link
            .avatar
            .map(|found| AvatarLinkOut { same_file: found == AvatarMatch::Same, pdq_distance: found.distance() });
        Ok(LinkBasis { co_share, avatar })
    }

    fn co_share(
        &mut self,
        a: AccountId,
        b: AccountId,
        co: CoShare,
        links_by_itself: bool,
    ) -> Result<CoShareOut, ExportError> {
        let Source { incidence, graph, accounts, .. } = *self.source;
        let mut shared = incidence.shared_targets(a, b);
        closest_first(&mut shared);
        let cautions = PairCautions::new(&shared, accounts.len() as u64, graph.parameters().window_seconds);
        Ok(CoShareOut {
            layer: graph.parameters().layer,
            links_by_itself,
            shared: co.shared,
            shared_within: co.shared_within,
            cosine: co.cosine,
            binary_cosine: co.binary_cosine,
            median_gap_seconds: co.median_gap_ms.map(seconds),
            p: co.test.map(|test| test.p),
            q: co.test.and_then(|test| test.q),
            p_author_held: co.test.and_then(|test| test.author_held),
            p_timing: co.test.and_then(|test| test.timing),
            rounded_ids: co.rounded,
            cautions: cautions.with_rounded_ends(incidence.rounded_ends(a, b)).words(),
            targets: self.targets(shared)?,
        })
    }

    fn targets(&mut self, mut shared: Vec<SharedTarget>) -> Result<Vec<TargetOut>, ExportError> {
        shared.truncate(TARGETS);
        let missing: Vec<ObjectId> =
            shared.iter().map(|target| target.object).filter(|id| !self.keys.contains_key(id)).collect();
        for object in self.source.store.objects(&missing)? {
            self.keys.insert(object.id, object.key);
        }
        Ok(shared.iter().map(|target| self.target(target)).collect())
    }

    fn target(&self, target: &SharedTarget) -> TargetOut {
        TargetOut {
            id: self.keys.get(&target.object).cloned().unwrap_or_default(),
            synthetic: target.synthetic,
            rounded: target.rounded,
            shared_by: target.sharers,
            at: target.at_a.and_then(rfc3339),
            other_at: target.at_b.and_then(rfc3339),
            gap_seconds: target.gap_ms().map(seconds),
        }
    }
}

fn seconds(milliseconds: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no gap is long enough to lose its milliseconds")]
    let milliseconds = milliseconds as f64;
    milliseconds / 1_000.0
}

pub(super) fn rfc3339(at: Timestamp) -> Option<String> {
    Some(jiff::Timestamp::from_millisecond(at.0).ok()?.to_string())
}
