//! Copy who is chosen to the clipboard.

use super::{Effect, State};
use crate::app::{Action, Notice};
use crate::model::Account;
use crate::text::{sanitise_line, thousands};

/// More than terminals take in one go.
const MOST: usize = 5_000;
/// Bytes of an id or a handle that are copied.
const LONGEST: usize = 200;

/// Ids or handles of the marked accounts, or of the chosen one, one a line.
pub(super) fn copy(state: &mut State, action: Action) -> Vec<Effect> {
    let accounts = state.targets_of_action();
    let (what, of): (_, fn(&Account) -> String) = match action {
        Action::CopyHandle => ("handle", Account::mention),
        _ => ("id", |account| account.platform_id.clone()),
    };
    let known = accounts.iter().filter_map(|&id| state.account(id));
    let lines: Vec<String> = known.map(|account| sanitise_line(&of(account), LONGEST).into_owned()).collect();
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
