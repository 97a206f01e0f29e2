//! The action catalogue: everything a key can do is declared here once. The key map, the hint bar and the help
//! are made of it.

use super::Place;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident $word:literal in $place:ident, $hint:literal, $help:literal;)*) => {
        /// Something that the user can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)*
        }

        impl Action {
            /// Every action, in the order in which hints and help show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that the key map uses.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Where it can be called.
            #[must_use]
            pub fn place(self) -> Place {
                match self { $(Self::$variant => Place::$place,)* }
            }

            /// Two or three words for the hint bar; empty where the bar leaves it out.
            #[must_use]
            pub fn hint(self) -> &'static str {
                match self { $(Self::$variant => $hint,)* }
            }

            /// One sentence for the help.
            #[must_use]
            pub fn help(self) -> &'static str {
                match self { $(Self::$variant => $help,)* }
            }
        }
    };
}

catalogue! {
    OpenNeighbours "open-neighbours" in Accounts, "neighbours", "Look at the neighbours of the chosen account.";
    Jump "jump" in Neighbours, "jump to it", "Jump to the chosen neighbour, so that its own neighbours are shown.";
    JumpToTagged "jump-to-tagged" in Tags, "jump to it", "Jump to the first account of the chosen entry of the tag log.";
    JumpToOther "jump-to-other" in Why, "jump to it", "Jump to the account on the right-hand side of the pair.";
    WallJump "wall-jump" in Wall, "go to it", "Close the wall and go to the chosen account.";
    WallLarger "wall-larger" in Wall, "larger", "Make the pictures larger.";
    WallSmaller "wall-smaller" in Wall, "smaller", "Make the pictures smaller.";
    ClustersOpen "clusters-open" in Clusters, "open", "Look at the members of the chosen cluster; on a member, close the clusters and go to it.";
    ClustersRaster "clusters-raster" in Clusters, "raster", "Show when each member acted, coloured by target, or go back to what they share. There h and l walk through time, tab takes the next cluster.";
    RasterCloser "raster-closer" in Clusters, "closer", "Look closer at the time around the cursor.";
    RasterWider "raster-wider" in Clusters, "wider", "Show more of time.";
    RasterBrush "raster-brush" in Clusters, "brush", "Put a brush down at the cursor; at the other end of the time, mark every member that acted between.";
    AuditJump "audit-jump" in Audit, "go to it", "Close the audit and go to the chosen account.";
    AuditTogether "audit-together" in Audit, "as one", "Audit it as one with the accounts that look like the same figure; where none does, with those that controls in clusters retweet, after naming them.";
    EgoCentre "graph-centre" in Ego, "to the middle", "Put the chosen neighbour into the middle, so that its own neighbours are drawn; back leads the way back. In the middle itself, close the graph.";
    PathJump "path-jump" in Path, "go to it", "Close the path and go to the chosen account.";
    SignalsJump "signals-jump" in Signals, "go to it", "Close the signals and go to their account.";
    Mute "mute" in Why, "mute it", "Leave the chosen target out of every count, and link anew without it; the parameters list it.";
    Search "search" in Everywhere, "search", "Search accounts by handle, name and bio; several words must all match, @ looks at handles only. Conditions filter: tag:none followers=86 bio:empty; tab completes them.";
    Mark "mark" in Everywhere, "mark", "Mark the chosen account, or take its mark away, and move down.";
    Path "path" in Everywhere, "path", "Show how the two marked accounts hang together: the path with the fewest links, of these with the fewest by pictures alone, of these with the highest cosines by their sum.";
    TagSuspectedBot "tag-suspected-bot" in Everywhere, "suspect", "Tag the marked accounts, or the chosen one, as suspected-bot.";
    TagLikelyHuman "tag-likely-human" in Everywhere, "human", "Tag the marked accounts, or the chosen one, as likely-human.";
    TagUnsure "tag-unsure" in Everywhere, "unsure", "Tag the marked accounts, or the chosen one, as unsure.";
    Undo "undo" in Everywhere, "undo", "Take the last tagging back, without limit, or the last change of parameters or order in this session.";
    Parameters "parameters" in Everywhere, "links", "Look at what links accounts, change it, and link anew: layer, rule, window, minimums, muted targets.";
    Import "import" in Everywhere, "import", "Import files or folders: type or drop a path, with --avatars FOLDER, --format NAME or --map COLUMNS where needed.";
    Export "export" in Everywhere, "export", "Write the tagged accounts with their evidence to a JSON file.";
    Clusters "clusters" in Everywhere, "clusters", "Look at the clusters, those on which most independent layers agree first; once more, or esc, closes them. There mark-all marks the whole cluster.";
    Wall "wall" in Everywhere, "pictures", "Look at all pictures that are alike, group by group; once more, or esc, closes the wall. There tab goes to the next group, and mark-all marks the whole group.";
    NextUntagged "next-untagged" in Everywhere, "next", "Go to the next untagged account, where most evidence speaks first; among the clusters, to the next one with untagged members.";
    Audit "audit" in Everywhere, "audit", "Look at who retweets the chosen account, or the marked ones taken as one, beside accounts that are as active; once more, or esc, closes that.";
    Signals "signals" in Everywhere, "signals", "Look at every signal of the chosen account: its value, where that stands in the data, what it rests on and what it cannot tell; once more, or esc, closes that.";
    Ego "graph" in Everywhere, "graph", "Draw the graph around the chosen account: its neighbours, the strongest at the top right and the others clockwise; once more, or esc, closes it. There hjkl and the arrows walk to the node that way, tab goes by strength, page-down to the weaker neighbours.";
    Palette "palette" in Everywhere, "find", "Find an action by its words, and call it.";
    Help "help" in Everywhere, "help", "Show the keys of the place you are in, then all others; what you type looks among them.";
    Note "note" in Everywhere, "note", "Write a note on the marked accounts, or the chosen one.";
    MarkAll "mark-all" in Everywhere, "mark all", "Mark every account that the list shows; once more takes these marks away.";
    Filter "filter" in Everywhere, "filter", "Show only accounts of one tag: all, suspected-bot, likely-human, unsure, tagged, untagged.";
    TagNone "tag-none" in Everywhere, "no tag", "Take the tag away from the marked accounts, or the chosen one.";
    Imports "imports" in Everywhere, "files", "List the files that were imported, look at what was read of them, and take one back.";
    Redo "redo" in Everywhere, "redo", "Do again what was undone.";
    Order "order" in Everywhere, "order", "Order the accounts by links, handle, followers or retweets.";
    Back "back" in Everywhere, "back", "Go back to where you jumped from.";
    Forward "forward" in Everywhere, "", "Go forward again.";
    MarkRange "mark-range" in Everywhere, "range", "Begin a range at the chosen account; at its other end, mark every account between.";
    InvertMarks "invert-marks" in Everywhere, "invert", "Mark the accounts of the list that are not marked, and take the marks of the others away.";
    RepeatTagging "repeat" in Everywhere, "repeat", "Give the last tag, or write the last note, once more: to the marked accounts, or the chosen one.";
    OpenProfile "open-profile" in Everywhere, "profile", "Open the profile of the chosen account in the browser, after showing where that leads. The program itself goes nowhere.";
    ClearMarks "clear-marks" in Everywhere, "", "Take every mark away.";
    CopyId "copy-id" in Everywhere, "copy id", "Copy the ids of the marked accounts, or of the chosen one, one a line, through the terminal (OSC 52).";
    CopyHandle "copy-handle" in Everywhere, "copy handle", "Copy the handles of the marked accounts, or of the chosen one, one a line.";
    CopyLink "copy-link" in Everywhere, "copy link", "Copy the links of the marked accounts' profiles, or of the chosen one's, one a line.";
    CopyEvidence "copy-evidence" in Everywhere, "copy evidence", "Copy why the chosen pair is linked: its figures, what speaks against, and the shared targets with both times.";
    Redraw "redraw" in Everywhere, "", "Draw the whole screen again; in lines, say all that stands there.";
    SaveTags "save-tags" in Everywhere, "", "Write all tags and notes to a file of their own, for when the cache cannot take them; `bot-tui tag --from FILE` brings them into one that can.";
    Suspend "suspend" in Everywhere, "", "Go to the shell; fg comes back.";
    Quit "quit" in Everywhere, "quit", "Leave. Tags are already saved.";
    Down "down" in Everywhere, "", "Move down. A number before a movement says how often: 5j moves five rows, 10G goes to row 10, 2 tab to pane 2.";
    Up "up" in Everywhere, "", "Move up.";
    PageDown "page-down" in Everywhere, "", "Move down by a screenful.";
    PageUp "page-up" in Everywhere, "", "Move up by a screenful.";
    First "first" in Everywhere, "", "Move to the first row.";
    Last "last" in Everywhere, "", "Move to the last row.";
    Right "right" in Everywhere, "", "Go to the pane on the right.";
    Left "left" in Everywhere, "", "Go to the pane on the left.";
    NextPane "next-pane" in Everywhere, "", "Go to the next pane.";
    PreviousPane "previous-pane" in Everywhere, "", "Go to the previous pane.";
    PaneWider "pane-wider" in Everywhere, "", "Give the pane's column more of the width; the mouse drags the line between two columns.";
    PaneNarrower "pane-narrower" in Everywhere, "", "Give the pane's column less of the width.";
    PaneZoom "pane-zoom" in Everywhere, "zoom", "Give the pane all of the room, or the others theirs back.";
    PaneHide "pane-hide" in Everywhere, "", "Hide the pane until you go to it again.";
    FocusAccounts "focus-accounts" in Everywhere, "", "Go to the accounts.";
    FocusNeighbours "focus-neighbours" in Everywhere, "", "Go to the neighbours.";
    FocusWhy "focus-why" in Everywhere, "", "Go to the evidence.";
    FocusTags "focus-tags" in Everywhere, "", "Go to the tags.";
    Escape "escape" in Everywhere, "", "Cancel running work; else clear search and filter; else go to the pane on the left.";
    CompleteNext "complete-next" in Entry, "complete", "While a path or a condition is typed, complete it; again for the next one that fits.";
    Accept "accept" in Entry, "accept", "Accept what was typed.";
    Abandon "abandon" in Entry, "cancel", "Leave without it.";
    DeleteBackward "delete-backward" in Entry, "", "Delete the character before the cursor.";
    DeleteWord "delete-word" in Entry, "", "Delete the word before the cursor.";
    DeleteLine "delete-line" in Entry, "clear", "Delete everything before the cursor.";
    EntryLeft "entry-left" in Entry, "", "Move the cursor left.";
    EntryRight "entry-right" in Entry, "", "Move the cursor right.";
    EntryStart "entry-start" in Entry, "", "Move the cursor to the beginning.";
    EntryEnd "entry-end" in Entry, "", "Move the cursor to the end.";
    EntryDown "entry-down" in Entry, "", "While searching, or among actions, move down in the list.";
    EntryUp "entry-up" in Entry, "", "While searching, or among actions, move up in the list.";
    EntryPageDown "entry-page-down" in Entry, "", "While searching, among actions or in the help, move down by a screenful.";
    EntryPageUp "entry-page-up" in Entry, "", "While searching, among actions or in the help, move up by a screenful.";
    CompletePrevious "complete-previous" in Entry, "", "While a path is typed, go to the one before.";
    SettingChange "setting-change" in Parameters, "change", "Change the chosen setting, and link anew.";
    SettingReset "setting-reset" in Parameters, "reset", "Set it back to its default; a muted target counts again.";
    SettingsClose "settings-close" in Parameters, "close", "Cancel linking where it runs, else close the parameters.";
    SettingsUndo "settings-undo" in Parameters, "undo", "Take the last tagging or change of the parameters back.";
    SettingsRedo "settings-redo" in Parameters, "redo", "Do again what was undone.";
    SettingsDown "settings-down" in Parameters, "", "Move down.";
    SettingsUp "settings-up" in Parameters, "", "Move up.";
    ImportsReport "imports-report" in Imports, "what was read", "Show what was read of the chosen file, and what was not.";
    TakeBack "take-back" in Imports, "take back", "Take the chosen file back, after saying what that does; tags stay.";
    ImportsAdd "imports-add" in Imports, "import", "Import another file.";
    ImportsClose "imports-close" in Imports, "close", "Close the list; where a file was about to be taken back, leave it.";
    ImportsDown "imports-down" in Imports, "", "Move down.";
    ImportsUp "imports-up" in Imports, "", "Move up.";
    ReportClose "report-close" in Report, "close", "Close the report.";
    ReportDown "report-down" in Report, "down", "Scroll down.";
    ReportUp "report-up" in Report, "up", "Scroll up.";
    ReportPageDown "report-page-down" in Report, "page", "Scroll down by a screenful.";
    ReportPageUp "report-page-up" in Report, "", "Scroll up by a screenful.";
    ReportFormat "report-format" in Report, "name the format", "Import the files again whose format was not recognised, and name it.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_unique_and_every_action_has_its_sentence() {
        let words = Action::ALL.iter().map(|action| action.word()).collect::<BTreeSet<_>>();
        assert_eq!(words.len(), Action::ALL.len());
        assert!(Action::ALL.iter().all(|action| action.help().ends_with('.')));
    }
}
