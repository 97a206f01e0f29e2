//! Why something that rests on links is not known, and what brings it.

use crate::app::{Action, State};
use crate::ui::Screen;

/// Why there are no links, `so` what is not there, and the key that links anew; while links are to come, what `follows`.
pub(in crate::ui) fn not_linked(state: &State, screen: &Screen<'_>, so: &str, follows: &str) -> String {
    match &state.unlinked {
        Some(why) if state.roster.is_none() => format!("{why}, so {so}."),
        Some(why) => format!("{why}, so {so}: {} links anew.", screen.key(Action::Parameters)),
        None => format!("Accounts are being linked; {follows}."),
    }
}

/// Why the chosen account has no neighbour.
pub(in crate::ui) fn no_neighbours(state: &State, screen: &Screen<'_>) -> String {
    if state.links.is_none() && state.unlinked.is_some() {
        return not_linked(state, screen, "there are no neighbours", "they follow");
    }
    state.why_no_neighbours()
}
