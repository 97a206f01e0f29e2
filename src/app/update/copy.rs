//! Copy who is chosen to the clipboard.

use super::{Effect, State};
use crate::app::{Action, Notice};
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

/// Ids, handles or links of the marked accounts, or of the chosen one, one a line.
pub(in crate::app) fn copy(state: &mut State, action: Action) -> Vec<Effect> {
    let accounts = state.targets_of_action();
    let line = |account: &Account| match action {
        Action::CopyHandle => Some(account.mention()),
        Action::CopyLink => state.profile_link.as_ref()?.url(account),
        _ => Some(id_of(state, account)),
    };
    let what = match action {
        Action::CopyHandle => "handle",
        Action::CopyLink => "link",
        _ => "id",
    };
    let known = accounts.iter().filter_map(|&id| line(state.account(id)?));
    let lines: Vec<String> = known.map(|word| sanitise_line(&word, LONGEST).into_owned()).collect();
    state.notice = Some(match lines.as_slice() {
        [] => Notice::error("No account is chosen here."),
        [_, ..] if lines.len() > MOST => {
            let many = thousands(lines.len() as u64);
            Notice::error(format!("{many} are marked, more than a clipboard takes; export writes them to a file."))
        }
        [one] => Notice::info(format!("Copied {one}, if the terminal allows it")),
        many => Notice::info(format!("Copied {} {what}s, if the terminal allows it", thousands(many.len() as u64))),
    });
    let fits = !lines.is_empty() && lines.len() <= MOST;
    if fits { vec![Effect::Copy(lines.join("\n"))] } else { Vec::new() }
}
