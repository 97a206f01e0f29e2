//! Why an action can do nothing now: said when it is called, and beside it in palette and help.

use super::{Action, Job, Pane, Place, State, places};
use crate::model::AccountId;
use crate::signals::why_unlinked;
use crate::text::thousands;

/// Nobody is chosen whom a key could mean.
pub(super) const NOBODY: &str = "No account is chosen here.";

impl State {
    /// Why `action` can do nothing now; `None` where it can.
    #[must_use]
    pub fn why_not(&self, action: Action) -> Option<String> {
        if let Some(why) = places::that_know(action).find_map(|place| place.why_not(self, action)) {
            return Some(why);
        }
        match action {
            Action::OpenProfile => self.why_no_profile(self.subject().or_else(|| self.marks.first().copied())),
            Action::CopyLink => self.why_no_links(),
            _ => self
                .why_not_on_accounts(action)
                .or_else(|| self.why_not_on_marks(action))
                .or_else(|| self.why_not_on_panes(action))
                .or_else(|| self.why_not_again(action))
                .map(str::to_owned),
        }
    }

    /// Whether the hints name an action now.
    #[must_use]
    pub fn is_hinted(&self, action: Action) -> bool {
        places::that_know(action).all(|place| place.is_hinted(self, action))
    }

    /// Why the chosen account has no neighbour; it need not have none.
    #[must_use]
    pub fn why_no_neighbours(&self) -> String {
        match (&self.links, &self.unlinked, self.chosen()) {
            (None, Some(why), _) => format!("{why}."),
            (None, None, _) => "Links are being computed …".to_owned(),
            (Some(links), _, Some(account)) => why_unlinked(&links.graph, &links.incidence, account),
            (Some(_), _, None) => NOBODY.to_owned(),
        }
    }

    fn why_not_on_accounts(&self, action: Action) -> Option<&'static str> {
        let nobody = self.subject().is_none();
        Some(match action {
            Action::TagSuspectedBot
            | Action::TagLikelyHuman
            | Action::TagUnsure
            | Action::TagNone
            | Action::Note
            | Action::CopyId
            | Action::CopyHandle => self.why_no_targets()?,
            Action::Repeat if self.last_tagging.is_none() => "Nothing was tagged or noted yet that could be repeated.",
            Action::Repeat => self.why_no_targets()?,
            Action::Jump | Action::JumpToOther | Action::JumpToTagged if nobody => {
                "There is no account to jump to here."
            }
            Action::Mute if self.target_to_mute().is_none() => "There is no target to mute here.",
            Action::SaveTags if self.tags.is_empty() => "Nothing is tagged or noted yet.",
            Action::Export if self.jobs.runs(Job::Exporting) => "An export is under way; export again when it is done.",
            Action::Export if self.tags.labelled() == 0 => "No account is tagged yet: choose one and tag it first.",
            Action::CopyEvidence if self.why.pair.is_none() => "There is no pair here whose evidence could be copied.",
            _ => return None,
        })
    }

    fn why_not_on_marks(&self, action: Action) -> Option<&'static str> {
        Some(match action {
            Action::Mark if self.subject().is_none() => "There is no account to mark here.",
            Action::MarkRange if self.row_here().is_none() => "There is no list of accounts here to mark a range of.",
            Action::InvertMarks | Action::MarkRange if self.lists_nobody() => "There is no account to mark here.",
            Action::MarkAll if self.place_below() == Place::Tags => "There is no list of accounts here to mark.",
            Action::MarkAll if self.lists_nobody() => "There is no account to mark here.",
            Action::ClearMarks if self.marks.is_empty() => "Nothing is marked.",
            _ => return None,
        })
    }

    fn why_not_again(&self, action: Action) -> Option<&'static str> {
        Some(match action {
            Action::Undo | Action::SettingsUndo if self.history.depth().0 == 0 => "There is nothing to undo.",
            Action::Redo | Action::SettingsRedo if self.history.depth().1 == 0 => "There is nothing to do again.",
            Action::Back if self.jumps.depth() == 0 => "This is where you started.",
            Action::Forward if self.jumps.ahead() == 0 => "There is nothing to go forward to.",
            _ => return None,
        })
    }

    fn why_not_on_panes(&self, action: Action) -> Option<&'static str> {
        let resizes = matches!(action, Action::PaneWider | Action::PaneNarrower);
        Some(match action {
            Action::PaneWider | Action::PaneNarrower | Action::PaneZoom | Action::PaneHide if !self.is_in_pane() => {
                "Only the panes can be resized: accounts, neighbours, why, tags."
            }
            _ if resizes && !self.viewport.side_by_side => "No panes stand side by side here.",
            Action::PaneZoom if !self.viewport.side_by_side && !self.sizes.zoomed => {
                "The pane has all of the room already."
            }
            Action::PaneHide if { self.sizes }.hide(self.focus).is_none() => "This is the only pane that is left.",
            _ => return None,
        })
    }

    fn why_no_targets(&self) -> Option<&'static str> {
        (self.marks.is_empty() && self.subject().is_none()).then_some(NOBODY)
    }

    /// Why nobody whom a key speaks of has a link; of one alone it is said in full.
    fn why_no_links(&self) -> Option<String> {
        let targets = self.targets_of_action();
        let mut whys = targets.iter().map(|&account| self.why_no_profile(Some(account)));
        match targets.as_slice() {
            [] => self.why_no_profile(None),
            [_] => whys.next().flatten(),
            many if self.profile_link.is_some() && whys.all(|why| why.is_some()) => {
                Some(format!("None of the {} marked accounts has a link.", thousands(many.len() as u64)))
            }
            _ => self.profile_link.is_none().then(|| self.why_no_profile(None)).flatten(),
        }
    }

    fn why_no_profile(&self, account: Option<AccountId>) -> Option<String> {
        let Some(link) = &self.profile_link else {
            return Some(
                "No profile_link: config.toml says where profiles are; invented accounts have none.".to_owned(),
            );
        };
        let Some(account) = account.and_then(|id| self.account(id)) else {
            return Some(NOBODY.to_owned());
        };
        if link.leads_elsewhere(account) {
            let (name, platform) = (self.name_of(account.id), &account.platform);
            return Some(format!("{name} is on {platform}, and the profile_link of config.toml leads elsewhere."));
        }
        link.url(account)
            .is_none()
            .then(|| format!("{} has no handle that a link could hold.", self.name_of(account.id)))
    }

    /// Whether keys go to a pane, and to nothing that lies over the panes.
    pub(super) fn is_in_pane(&self) -> bool {
        Pane::ALL.iter().any(|pane| pane.place() == self.place_below())
    }
}
