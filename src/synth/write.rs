//! Writes a data set into a folder.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::avatars::Gallery;
use super::dataset::{Dataset, Event, generate};
use super::profile::account_line;
use super::records::{PostLine, RetweetedLine, rfc3339};
use super::schedule::moment;
use super::twitter_v2::write_pages;
use super::{SynthError, SynthRequest, truth};
use crate::model::dense;

/// The accounts, one a line.
pub(super) const ACCOUNTS: &str = "accounts.jsonl";
/// The posts, one a line, packed: a million of them are some hundred megabytes as text.
pub(super) const POSTS: &str = "posts.jsonl.zst";
/// The posts as pages of tweets.
pub(super) const TWEETS: &str = "tweets.jsonl";
/// The planted truth.
pub(super) const TRUTH: &str = "truth.csv";
/// What the folder is.
pub(super) const README: &str = "README.md";

/// zstd's own default: seconds matter more here than the last per cent.
const COMPRESSION: i32 = 3;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SynthSummary {
    /// Accounts.
    pub accounts: u32,
    /// Posts, retweets included.
    pub posts: u32,
    /// Retweets.
    pub retweets: u32,
    /// Picture files.
    pub pictures: u32,
}

/// In which form a data set is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SynthFormat {
    /// The program's own, with pictures.
    Native,
    /// Pages of Twitter's API v2 as twarc 2 writes them, without pictures.
    TwitterV2,
}

/// Makes a data set and writes it into a new or empty folder, while `progress` hears the share that is done, 0 to 1.
///
/// # Errors
/// The request is out of range, the folder holds something, or a file cannot be written.
pub fn write(out: &Path, request: &SynthRequest, progress: &dyn Fn(f32)) -> Result<SynthSummary, SynthError> {
    write_as(SynthFormat::Native, out, request, progress)
}

/// As `write`, in a form of choice.
///
/// # Errors
/// The request is out of range, the folder holds something, or a file cannot be written.
pub fn write_as(
    format: SynthFormat,
    out: &Path,
    request: &SynthRequest,
    progress: &dyn Fn(f32),
) -> Result<SynthSummary, SynthError> {
    let fault = |source| SynthError::Write { path: out.to_owned(), source };
    fs::create_dir_all(out).map_err(fault)?;
    if fs::read_dir(out).map_err(fault)?.next().is_some() {
        return Err(SynthError::NotEmpty(out.to_owned()));
    }
    let dataset = generate(request)?;
    progress(0.1);
    let gallery = Gallery::new(&dataset);
    write_file(out, TRUTH, |file| write_truth(file, &dataset, &gallery))?;
    let posts = dense(dataset.events().len());
    let summary = SynthSummary { accounts: request.accounts, posts, retweets: request.retweets, pictures: 0 };
    if format == SynthFormat::TwitterV2 {
        write_file(out, TWEETS, |file| write_pages(file, &dataset, &gallery, &|share| progress(0.1 + 0.9 * share)))?;
        return Ok(summary);
    }
    write_file(out, ACCOUNTS, |file| write_accounts(file, &dataset, &gallery))?;
    progress(0.2);
    write_file(out, POSTS, |file| {
        let mut packed = zstd::Encoder::new(file, COMPRESSION)?;
        write_posts(&mut packed, &dataset, &|share| progress(0.2 + 0.6 * share))?;
        packed.finish().map(drop)
    })?;
    let pictures = gallery.write(out, &dataset, &|share| progress(0.8 + 0.2 * share))?;
    write_file(out, README, |file| file.write_all(readme(request).as_bytes()))?;
    progress(1.0);
    Ok(SynthSummary { pictures, ..summary })
}

fn write_file(
    out: &Path,
    name: &str,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), SynthError> {
    let path = out.join(name);
    let filled = File::create(&path).map(BufWriter::new).and_then(|mut file| {
        fill(&mut file)?;
        file.flush()
    });
    filled.map_err(|source| SynthError::Write { path, source })
}

fn write_line(file: &mut impl Write, line: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *file, line)?;
    file.write_all(b"\n")
}

fn write_accounts(file: &mut impl Write, dataset: &Dataset, gallery: &Gallery) -> io::Result<()> {
    for (account, member) in (0..).zip(&dataset.members) {
        write_line(file, &account_line(dataset, gallery, account, *member))?;
    }
    Ok(())
}

fn write_truth(file: &mut impl Write, dataset: &Dataset, gallery: &Gallery) -> io::Result<()> {
    file.write_all(truth::HEADER.as_bytes())?;
    for (account, member) in (0..).zip(&dataset.members) {
        file.write_all(truth::row(dataset, gallery, account, *member).as_bytes())?;
    }
    Ok(())
}

fn write_posts(file: &mut impl Write, dataset: &Dataset, progress: &dyn Fn(f32)) -> io::Result<()> {
    let texts: Vec<String> = dataset.originals.posts.iter().map(|original| original.text()).collect();
    let account_ids: Vec<String> =
        (0..).zip(&dataset.members).map(|(account, _)| dataset.account_id(account).to_string()).collect();
    let total = dataset.events().len();
    for (position, event) in (0_u32..).zip(dataset.events()) {
        if position.is_multiple_of(65_536) {
            progress(position as f32 / total as f32);
        }
        if let Some(line) = post_line(dataset, &texts, &account_ids, position, *event) {
            write_line(file, &line)?;
        }
    }
    Ok(())
}

/// `None` is for indices out of range, which [`generate`] does not make.
fn post_line<'a>(
    dataset: &Dataset,
    texts: &'a [String],
    account_ids: &[String],
    position: u32,
    event: Event,
) -> Option<PostLine<'a>> {
    let text = Cow::Borrowed(texts.get(event.post as usize)?.as_str());
    let mut line = PostLine {
        kind: "post",
        id: dataset.post_id(position).to_string(),
        author_id: account_ids.get(event.account as usize)?.clone(),
        created_at: rfc3339(moment(event.at)),
        text: None,
        retweet_of: None,
    };
    if event.retweet {
        let original = dataset.originals.posts.get(event.post as usize)?;
        line.retweet_of = Some(RetweetedLine {
            id: dataset.original_id(event.post).to_string(),
            author_id: account_ids.get(original.author as usize)?.clone(),
            created_at: rfc3339(moment(original.at)),
            text,
        });
    } else {
        line.text = Some(text);
    }
    Some(line)
}

fn readme(request: &SynthRequest) -> String {
    let SynthRequest { accounts, retweets, seed } = request;
    format!(include_str!("readme.md.in"), accounts = accounts, retweets = retweets, seed = seed)
}
