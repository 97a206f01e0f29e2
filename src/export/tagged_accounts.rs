//! The main export: tagged accounts as versioned JSON, each with its strongest links and what they rest on.
//! The README documents the schema.

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;

use super::ExportError;
use crate::graph::{AccountGraph, Incidence};
use crate::model::{
    Account, AccountId, AvatarMatch, AvatarPrint, Counts, InputFile, Label, Link, LinkParameters, ObjectId, ObjectKind,
    SharedTarget, Stats, TagEvent, Timestamp, closest_first,
};
use crate::signals::PairCautions;
use crate::store::Store;

/// Name and version of the schema; a change that breaks readers raises the number.
const SCHEMA: &str = "bot-tui/tagged-accounts/2";
const NOTICE: &str = "Tags are the judgement of the person who exported them. A link is evidence that two accounts \
                      acted alike, never a verdict on either.";
/// The strongest links of an account that are written out; `links_total` says how many there are.
const LINKS: usize = 10;
/// Shared targets of a link that are written out, the smallest gap first; `shared` says how many there are.
const TARGETS: usize = 20;

/// What an export is made from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The cache.
    pub store: &'a Store,
    /// Every account, ordered by id.
    pub accounts: &'a [Account],
    /// Who shared what.
    pub incidence: &'a Incidence,
    /// Who is linked with whom.
    pub graph: &'a AccountGraph,
}

/// The exported document.
#[derive(Debug, Serialize)]
pub struct TaggedAccounts {
    schema: &'static str,
    program: Program,
    exported_at: String,
    notice: &'static str,
    parameters: LinkParameters,
    tested_pairs: Option<u64>,
    inputs: Vec<Input>,
    data: Stats,
    /// Tagged accounts, ordered by platform id.
    pub accounts: Vec<TaggedAccount>,
}

#[derive(Debug, Serialize)]
struct Program {
    name: &'static str,
    version: &'static str,
}

#[derive(Debug, Serialize)]
struct Input {
    file: String,
    sha256: String,
    bytes: u64,
    format: String,
    imported_at: Option<String>,
    records: u64,
    skipped_lines: u64,
}

/// One tagged account.
#[derive(Debug, Serialize)]
pub struct TaggedAccount {
    id: String,
    handle: Option<String>,
    name: Option<String>,
    bio: Option<String>,
    location: Option<String>,
    created_at: Option<String>,
    followers: Option<u64>,
    following: Option<u64>,
    statuses: Option<u64>,
    verified: Option<bool>,
    profile_observed_at: Option<String>,
    avatar: Option<Avatar>,
    tag: TagOut,
    posts: u32,
    retweets: u32,
    links_total: usize,
    links: Vec<LinkOut>,
}

#[derive(Debug, Serialize)]
struct Avatar {
    url: Option<String>,
    sha256: Option<String>,
    pdq: Option<String>,
    pdq_quality: Option<u8>,
    is_default: bool,
}

#[derive(Debug, Serialize)]
struct TagOut {
    label: Label,
    note: Option<String>,
    at: Option<String>,
}

#[derive(Debug, Serialize)]
struct LinkOut {
    id: String,
    handle: Option<String>,
    co_share: Option<CoShareOut>,
    avatar: Option<AvatarLinkOut>,
}

#[derive(Debug, Serialize)]
struct CoShareOut {
    layer: ObjectKind,
    links_by_itself: bool,
    shared: u32,
    shared_within: u32,
    cosine: Option<f64>,
    binary_cosine: Option<f64>,
    median_gap_seconds: Option<f64>,
    p: Option<f64>,
    q: Option<f64>,
    cautions: Vec<String>,
    targets: Vec<TargetOut>,
}

#[derive(Debug, Serialize)]
struct TargetOut {
    id: String,
    synthetic: bool,
    shared_by: u32,
    at: Option<String>,
    other_at: Option<String>,
    gap_seconds: Option<f64>,
}

#[derive(Debug, Serialize)]
struct AvatarLinkOut {
    same_file: bool,
    pdq_distance: u32,
}

/// Collects the accounts whose label is among `labels` (any label where `labels` is empty).
///
/// # Errors
/// Fails where the cache cannot be read.
pub fn tagged_accounts(source: &Source<'_>, labels: &[Label]) -> Result<TaggedAccounts, ExportError> {
    let mut collector = Collector::new(source)?;
    let mut accounts = Vec::new();
    for event in source.store.current_tags()? {
        let Some(label) = event.tag.label.filter(|label| labels.is_empty() || labels.contains(label)) else { continue };
        if let Some(account) = collector.account(event.account) {
            accounts.push(collector.tagged(account, label, &event)?);
        }
    }
    accounts.sort_by(|a, b| a.id.cmp(&b.id));
    let counts: Counts = source.store.counts()?;
    Ok(TaggedAccounts {
        schema: SCHEMA,
        program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        exported_at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        notice: NOTICE,
        parameters: source.graph.parameters().clone(),
        tested_pairs: source.graph.tested_pairs(),
        inputs: source.store.imports()?.into_iter().map(|import| Input::from(import.file)).collect(),
        data: Stats { counts, links: source.graph.link_count() as u64 },
        accounts,
    })
}

impl From<InputFile> for Input {
    fn from(input: InputFile) -> Self {
        // The folder is left out: an export is made to be passed on, and a path names its owner's machine.
        let file = Path::new(&input.path).file_name().map_or(input.path.clone(), |name| name.to_string_lossy().into());
        Self {
            file,
            sha256: input.sha256,
            bytes: input.bytes,
            format: input.format,
            imported_at: rfc3339(input.imported_at),
            records: input.records,
            skipped_lines: input.skipped,
        }
    }
}

struct Collector<'a> {
    source: &'a Source<'a>,
    prints: HashMap<u32, (AvatarPrint, [u8; 32])>,
    keys: HashMap<ObjectId, String>,
}

impl<'a> Collector<'a> {
    fn new(source: &'a Source<'a>) -> Result<Self, ExportError> {
        let bytes: HashMap<_, _> = source.store.avatar_sha256()?.into_iter().collect();
        let prints = source.store.avatar_prints(false)?;
        let known =
            prints.into_iter().filter_map(|print| bytes.get(&print.id).map(|&sha256| (print.id.0, (print, sha256))));
        Ok(Self { source, prints: known.collect(), keys: HashMap::new() })
    }

    fn account(&self, id: AccountId) -> Option<&'a Account> {
        let accounts = self.source.accounts;
        accounts.get(accounts.binary_search_by_key(&id, |account| account.id).ok()?)
    }

    fn tagged(&mut self, account: &Account, label: Label, event: &TagEvent) -> Result<TaggedAccount, ExportError> {
        let neighbours = self.source.graph.neighbours(account.id);
        let links_total = neighbours.len();
        let mut links = Vec::new();
        for (other, link) in neighbours.into_iter().take(LINKS) {
            links.extend(self.link(account.id, other, link)?);
        }
        let profile = account.profile.clone();
        Ok(TaggedAccount {
            id: account.platform_id.clone(),
            avatar: self.avatar(account),
            handle: profile.handle,
            name: profile.name,
            bio: profile.bio,
            location: profile.location,
            created_at: profile.created_at.and_then(rfc3339),
            followers: profile.followers,
            following: profile.following,
            statuses: profile.statuses,
            verified: profile.verified,
            profile_observed_at: profile.observed_at.and_then(rfc3339),
            tag: TagOut { label, note: event.tag.note.clone(), at: rfc3339(event.at) },
            posts: account.activity.posts,
            retweets: account.activity.retweets,
            links_total,
            links,
        })
    }

    fn avatar(&self, account: &Account) -> Option<Avatar> {
        let url = account.profile.avatar_url.clone();
        let print = account.avatar.and_then(|id| self.prints.get(&id.0));
        (url.is_some() || print.is_some()).then(|| Avatar {
            url,
            sha256: print.map(|(_, sha256)| sha256.iter().map(|byte| format!("{byte:02x}")).collect()),
            pdq: print.map(|(print, _)| print.pdq.to_hex()),
            pdq_quality: print.map(|(print, _)| print.quality),
            is_default: account.avatar.is_some_and(|id| self.source.graph.is_default_avatar(id)),
        })
    }

    fn link(&mut self, a: AccountId, b: AccountId, link: &Link) -> Result<Option<LinkOut>, ExportError> {
        let Some(other) = self.account(b) else { return Ok(None) };
        let co_share = match link.co_share {
            Some(co) => {
                let mut shared = self.source.incidence.shared_targets(a, b);
                closest_first(&mut shared);
                let window = self.source.graph.parameters().window_seconds;
                Some(CoShareOut {
                    layer: self.source.graph.parameters().layer,
                    links_by_itself: link.co_share_kept,
                    shared: co.shared,
                    shared_within: co.shared_within,
                    cosine: co.cosine,
                    binary_cosine: co.binary_cosine,
                    median_gap_seconds: co.median_gap_ms.map(seconds),
                    p: co.test.map(|test| test.p),
                    q: co.test.map(|test| test.q),
                    cautions: PairCautions::of(&shared, self.source.accounts.len() as u64, window).words(),
                    targets: self.targets(shared)?,
                })
            }
            None => None,
        };
        let avatar = link
            .avatar
            .map(|found| AvatarLinkOut { same_file: found == AvatarMatch::Same, pdq_distance: found.distance() });
        let handle = other.profile.handle.clone();
        Ok(Some(LinkOut { id: other.platform_id.clone(), handle, co_share, avatar }))
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

fn rfc3339(at: Timestamp) -> Option<String> {
    Some(jiff::Timestamp::from_millisecond(at.0).ok()?.to_string())
}
