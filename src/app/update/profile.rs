//! Show where a profile is, and have the browser open it once that is confirmed.

use super::{Effect, State};
use crate::app::{Entry, EntryPurpose, Notice};
use crate::text::ProfileLink;

pub(in crate::app) fn start(state: &mut State) {
    let account = state.subject().or_else(|| state.marks.first().copied());
    let link = account.and_then(|id| state.profile_link.as_ref()?.url(state.account(id)?));
    if let Some(link) = link {
        state.entry = Some(Entry::new(EntryPurpose::OpenLink, link));
    }
}

pub(in crate::app) fn accept(state: &mut State, link: &str) -> Vec<Effect> {
    if !ProfileLink::is_safe(link) {
        state.notice = Some(Notice::error("Nothing was opened: only links over https are handed to the browser."));
        return Vec::new();
    }
    state.notice = Some(Notice::info(format!("Handed to the browser: {link}")));
    vec![Effect::OpenLink(link.to_owned())]
}
