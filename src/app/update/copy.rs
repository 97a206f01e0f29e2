//! Copy who is chosen to the clipboard.

use super::{Effect, State};
use crate::app::Notice;
use crate::app::why_not::NOBODY;
use crate::model::Account;
use crate::text::{sanitise_line, thousands};

/// More than terminals take in one go.
const MOST: usize = 5_000;
/// Characters of an id, a handle or a link that are copied.
const LONGEST: usize = 200;

/// Its id, with its platform where there are several: as the commands take it.
fn id_of(state: &State, account: &Account) -> String {
    let several = state.roster.as_ref().is_some_and(|roster| roster.several_platforms);
    let id = &account.platform_id;
    if several { format!("{}:{id}", account.platform) } else { id.clone() }
}

/// How many of all are not copied, since they have nothing to be copied.
fn without(count: usize, all: usize) -> String {
    let (have, of) = (if count == 1 { "has" } else { "have" }, thousands(all as u64));
    if count == 0 { String::new() } else { format!("; {} of {of} {have} none", thousands(count as u64)) }
}

pub(in crate::app) fn ids(state: &mut State) -> Vec<Effect> {
    copy(state, "id", |state, account| Some(id_of(state, account)))
}

pub(in crate::app) fn handles(state: &mut State) -> Vec<Effect> {
    copy(state, "handle", |_, account| Some(account.mention()))
}

pub(in crate::app) fn links(state: &mut State) -> Vec<Effect> {
    copy(state, "link", |state, account| state.profile_link.as_ref()?.url(account))
}

/// What `line` says of the marked accounts, or of the chosen one, one a line.
fn copy(state: &mut State, what: &str, line: impl Fn(&State, &Account) -> Option<String>) -> Vec<Effect> {
    let accounts = state.targets_of_action();
    let known = accounts.iter().filter_map(|&id| line(state, state.account(id)?));
    let lines: Vec<String> = known.map(|word| sanitise_line(&word, LONGEST).into_owned()).collect();
    let without = without(accounts.len() - lines.len(), accounts.len());
    state.notice = Some(match lines.as_slice() {
        [] => Notice::error(NOBODY),
        [_, ..] if lines.len() > MOST => {
            let many = thousands(lines.len() as u64);
            Notice::error(format!("{many} are marked, more than a clipboard takes; export writes them to a file."))
        }
        [one] => Notice::info(format!("Copied {one}{without}, if the terminal allows it")),
        many => {
            let many = thousands(many.len() as u64);
            Notice::info(format!("Copied {many} {what}s{without}, if the terminal allows it"))
        }
    });
    let fits = !lines.is_empty() && lines.len() <= MOST;
    if fits { vec![Effect::Copy(lines.join("\n"))] } else { Vec::new() }
}
