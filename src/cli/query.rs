//! `bot-tui query`: the accounts that a filter leaves.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Arg, Args, Command};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::linking::{OneLayer, linked};
use super::places::cache_to_read;
use super::say;
use super::watched::watched;
use crate::export::{PublicIds, to_json};
use crate::model::{Account, AccountId, Label, TagEvent};
use crate::query::{Field, Query, Subject};
use crate::signals::ProfileTwins;
use crate::system::Interrupt;
use crate::text::{count_of, sanitise_line, thousands};

#[derive(Debug, Args)]
#[command(after_long_help = fields())]
pub(super) struct Arguments {
    /// Conditions, all of which have to hold, such as: tag:none followers=86 bio:empty retweet-share>0.9
    #[arg(value_name = "CONDITION")]
    conditions: Vec<String>,

    #[command(flatten)]
    linking: OneLayer,

    /// Print JSON
    #[arg(long)]
    json: bool,

    /// Print only how many there are
    #[arg(long, conflicts_with = "json")]
    count: bool,
}

/// The arguments with `!` in the place of the minus with which a condition of `query` begins: the two mean the same, and
/// clap would take the minus for that of an option.
pub(super) fn with_negations(command: &Command, mut arguments: Vec<OsString>) -> Vec<OsString> {
    let takes_value = |command: &Command, word: &str| {
        let long = |argument: &&Arg| word.strip_prefix("--").is_some_and(|word| argument.get_long() == Some(word));
        command.get_arguments().find(long).is_some_and(|argument| argument.get_action().takes_values())
    };
    let (mut reached, mut is_value) = (command, false);
    for argument in &mut arguments {
        let Some(word) = argument.to_str().filter(|_| !std::mem::take(&mut is_value)) else { continue };
        if word == "--" {
            break;
        }
        // Options that every command has are known to the program alone.
        is_value = takes_value(reached, word) || takes_value(command, word);
        if word.starts_with("--") {
            continue;
        }
        match command.find_subcommand(word).filter(|_| std::ptr::eq(reached, command)) {
            Some(found) if found.get_name() == "query" => reached = found,
            Some(_) => break,
            None => {}
        }
        let negated = word.strip_prefix('-').filter(|rest| rest.chars().count() > 1);
        if let Some(rest) = negated.filter(|_| !std::ptr::eq(reached, command)) {
            *argument = format!("!{rest}").into();
        }
    }
    arguments
}

/// The filter as it would be typed in one go: the shell took quotes away, which a blank inside of a condition needs.
fn typed(conditions: &[String]) -> String {
    let [one] = conditions else {
        let quote = |condition: &String| match condition.contains(char::is_whitespace) && !condition.contains('"') {
            true => format!("\"{condition}\""),
            false => condition.clone(),
        };
        return conditions.iter().map(quote).collect::<Vec<_>>().join(" ");
    };
    one.clone()
}

/// One account that was found.
#[derive(Debug, Serialize)]
struct Found<'a> {
    id: Cow<'a, str>,
    handle: Option<&'a str>,
    name: Option<&'a str>,
    tag: Option<Label>,
    links: usize,
    posts: u32,
    retweets: u32,
}

fn fields() -> String {
    let lines = Field::ALL.map(|field| format!("  {:<16}{}; {}", field.name(), field.meaning(), field.expected()));
    format!(
        "Fields:\n{}\n\nA word without a field is looked for in handle, name and bio; `!` or `-` before a condition asks for \
             the accounts that do not meet it.",
        lines.join("\n")
    )
}

pub(super) fn run(cache: Option<PathBuf>, arguments: &Arguments) -> Result<()> {
    let query = Query::parse(&typed(&arguments.conditions)).context("cannot read the filter")?;
    let store = cache_to_read(cache)?;
    let parameters = arguments.linking.link_parameters(&store)?;
    let accounts = store.accounts()?;
    let links = watched("linking", &Interrupt::watch(), |task| linked(&store, &accounts, &parameters, task))?;
    let tags: FxHashMap<AccountId, TagEvent> =
        store.current_tags()?.into_iter().map(|event| (event.account, event)).collect();
    let twins = ProfileTwins::count(&accounts);
    let ids = PublicIds::among(&accounts);
    let found = accounts.iter().filter_map(|account| {
        let tag = tags.get(&account.id).map(|event| &event.tag);
        let note = tag.and_then(|tag| tag.note.as_deref());
        let subject = Subject::new(account, tag.and_then(|tag| tag.label), note, &links.graph, &twins);
        query.matches(&subject).then(|| found(&subject, ids))
    });
    let found: Vec<Found<'_>> = found.collect();
    let mut out = say::out();
    if arguments.count {
        writeln!(out, "{}", found.len())?;
    } else if arguments.json {
        say::data().write_all(&to_json(&found)?)?;
    } else {
        print(&mut out, &found, accounts.len())?;
    }
    Ok(())
}

fn found<'a>(subject: &Subject<'a>, ids: PublicIds) -> Found<'a> {
    let account: &'a Account = subject.account;
    Found {
        id: ids.public_id(account),
        handle: account.profile.handle.as_deref(),
        name: account.profile.name.as_deref(),
        tag: subject.label,
        links: subject.links,
        posts: account.activity.posts,
        retweets: account.activity.retweets,
    }
}

fn print(out: &mut impl Write, found: &[Found<'_>], all: usize) -> io::Result<()> {
    for one in found {
        let handle = sanitise_line(one.handle.unwrap_or("–"), 60);
        let name = sanitise_line(one.name.unwrap_or("–"), 60);
        let tag = one.tag.map_or("none", Label::word);
        writeln!(
            out,
            "{}\t{handle}\t{name}\t{tag}\t{}",
            sanitise_line(&one.id, 100),
            count_of(one.links as u64, "link")
        )?;
    }
    writeln!(say::note(), "{} of {}", thousands(found.len() as u64), count_of(all as u64, "account"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    fn meant(arguments: &str) -> String {
        let arguments = arguments.split(' ').map(OsString::from).collect();
        let meant = with_negations(&Cli::command(), arguments);
        meant.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_condition_of_a_query_may_begin_with_a_minus() {
        for (typed, read) in [
            ("query -tag:none", "query !tag:none"),
            ("--cache f query --json -bio:empty tag:none -rose", "--cache f query --json !bio:empty tag:none !rose"),
            ("query --mute -x -y:z --keep=all", "query --mute -x !y:z --keep=all"),
        ] {
            assert_eq!(meant(typed), read);
        }
        for same in ["query -h", "query -- -tag:none", "stats -x:y", "-x:y query", "--cache query -x", "tag -x query"] {
            assert_eq!(meant(same), same);
        }
    }
}
