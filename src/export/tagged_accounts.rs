//! The main export: tagged accounts as versioned JSON, each with its strongest links and what they rest on.
//! The README documents the schema.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::link_basis::{LinkBasis, LinkReader, rfc3339};
use super::{ExportError, Source};
use crate::model::{
    Account, AccountId, AvatarPrint, Counts, InputFile, Label, LinkParameters, Stats, TagEvent, Timestamp, tag_bases,
};
use crate::system::now;
use crate::text::without_user;

/// Name and version of the schema; a change that breaks readers raises the number.
const SCHEMA: &str = "bot-tui/tagged-accounts/2";
const NOTICE: &str = "Tags are the judgement of the person who exported them. A link is evidence that two accounts \
                      acted alike, never a verdict on either.";
/// The strongest links of an account that are written out; `links_total` says how many there are.
const LINKS: usize = 10;

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
    /// Tagged accounts, ordered by id.
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
    /// `null` where it is not known.
    platform: Option<String>,
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
    /// What linked the accounts when the label was given; `null` where that is not known.
    basis: Option<LinkParameters>,
}

#[derive(Debug, Serialize)]
struct LinkOut {
    id: String,
    platform: Option<String>,
    handle: Option<String>,
    #[serde(flatten)]
    rests_on: LinkBasis,
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
        if let Some(account) = source.account(event.account) {
            accounts.push(collector.tagged(account, label, &event)?);
        }
    }
    accounts.sort_by(|a, b| (&a.id, &a.platform).cmp(&(&b.id, &b.platform)));
    let counts: Counts = source.store.counts()?;
    Ok(TaggedAccounts {
        schema: SCHEMA,
        program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        exported_at: rfc3339(Timestamp::from_seconds(now().0.div_euclid(1_000))).unwrap_or_default(),
        notice: NOTICE,
        parameters: source.graph.parameters().clone(),
        tested_pairs: source.graph.tested_pairs(),
        inputs: source.store.imports()?.into_iter().map(|import| Input::from(import.file)).collect(),
        data: Stats { counts, links: source.graph.link_count() as u64 },
        accounts,
    })
}

impl TaggedAccounts {
    /// How many accounts were tagged while others were linked than by the parameters of this export.
    #[must_use]
    pub fn tagged_under_others(&self) -> usize {
        let bases = self.accounts.iter().filter_map(|account| account.tag.basis.as_ref());
        bases.filter(|&basis| *basis != self.parameters).count()
    }
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

fn platform(account: &Account) -> Option<String> {
    Some(&account.platform).filter(|platform| platform.is_known()).map(ToString::to_string)
}

struct Collector<'a> {
    source: &'a Source<'a>,
    prints: HashMap<u32, (AvatarPrint, [u8; 32])>,
    links: LinkReader<'a>,
    bases: HashMap<AccountId, Arc<LinkParameters>>,
}

impl<'a> Collector<'a> {
    fn new(source: &'a Source<'a>) -> Result<Self, ExportError> {
        let bytes: HashMap<_, _> = source.store.avatar_sha256()?.into_iter().collect();
        let prints = source.store.avatar_prints(false)?;
        let known =
            prints.into_iter().filter_map(|print| bytes.get(&print.id).map(|&sha256| (print.id.0, (print, sha256))));
        let bases = tag_bases(&source.store.tag_log()?);
        Ok(Self { source, prints: known.collect(), links: LinkReader::new(source), bases })
    }

    fn tagged(&mut self, account: &Account, label: Label, event: &TagEvent) -> Result<TaggedAccount, ExportError> {
        let neighbours = self.source.graph.neighbours(account.id);
        let links_total = neighbours.len();
        let mut links = Vec::new();
        for (other, link) in neighbours.into_iter().take(LINKS) {
            let rests_on = self.links.read(account.id, other, link)?;
            let other = self.source.account(other);
            links.push(LinkOut {
                id: other.map_or_else(String::new, |other| other.platform_id.clone()),
                platform: other.and_then(platform),
                handle: other.and_then(|other| other.profile.handle.clone()),
                rests_on,
            });
        }
        let profile = account.profile.clone();
        Ok(TaggedAccount {
            id: account.platform_id.clone(),
            platform: platform(account),
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
            tag: TagOut {
                label,
                note: event.tag.note.clone(),
                at: rfc3339(event.at),
                basis: self.bases.get(&account.id).map(|basis| basis.as_ref().clone()),
            },
            posts: account.activity.posts,
            retweets: account.activity.retweets,
            links_total,
            links,
        })
    }

    fn avatar(&self, account: &Account) -> Option<Avatar> {
        let url = account.profile.avatar_url.as_deref().map(|url| without_user(url).into_owned());
        let print = account.avatar.and_then(|id| self.prints.get(&id.0));
        (url.is_some() || print.is_some()).then(|| Avatar {
            url,
            sha256: print.map(|(_, sha256)| sha256.iter().map(|byte| format!("{byte:02x}")).collect()),
            pdq: print.map(|(print, _)| print.pdq.to_hex()),
            pdq_quality: print.map(|(print, _)| print.quality),
            is_default: account.avatar.is_some_and(|id| self.source.graph.is_default_avatar(id)),
        })
    }
}
