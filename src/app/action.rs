//! The action catalogue: everything a key can do is declared here once. The key map, the hint bar and the help
//! are made of it.

use super::Place;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $variant:ident in $place:ident, $hint:literal, $help:literal;)*) => {
        /// Something that the user can do. Its name is that of the key map, in small letters with hyphens.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr, strum::VariantArray)]
        #[strum(serialize_all = "kebab-case")]
        pub enum Action {
            $(#[doc = $help] $variant,)*
        }

        impl Action {
            /// Every action, in the order in which hints and help show them.
            pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

            /// The word that the key map uses.
            #[must_use]
            pub fn word(self) -> &'static str {
                self.into()
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
    OpenNeighbours in Accounts, "neighbours", "Look at the neighbours of the chosen account.";
    Jump in Neighbours, "jump to it", "Jump to the chosen neighbour, so that its own neighbours are shown.";
    JumpToTagged in Tags, "jump to it", "Jump to the first account of the chosen entry of the tag log.";
    JumpToOther in Why, "jump to it", "Jump to the account on the right-hand side of the pair.";
    WallJump in Wall, "go to it", "Close the wall and go to the chosen account.";
    WallLarger in Wall, "larger", "Make the pictures larger.";
    WallSmaller in Wall, "smaller", "Make the pictures smaller.";
    ClustersOpen in Clusters, "open", "Look at the members of the chosen cluster; on a member, close the clusters and go to it.";
    ClustersRaster in Clusters, "raster", "Show when each member acted, coloured by target, or go back to what they share. There h and l walk through time, tab takes the next cluster.";
    RasterCloser in Clusters, "closer", "Look closer at the time around the cursor.";
    RasterWider in Clusters, "wider", "Show more of time.";
    RasterBrush in Clusters, "brush", "Put a brush down at the cursor; at the other end of the time, mark every member that acted between.";
    AuditJump in Audit, "go to it", "Close the audit and go to the chosen account.";
    AuditTogether in Audit, "as one", "Audit it as one with the accounts that look like the same figure; where none does, with those that controls in clusters retweet, after naming them.";
    GraphCentre in Graph, "to the middle", "Put the chosen neighbour into the middle, so that its own neighbours are drawn; back leads the way back. In the middle itself, close the graph.";
    PathJump in Path, "go to it", "Close the path and go to the chosen account.";
    SignalsJump in Signals, "go to it", "Close the signals and go to their account.";
    Mute in Why, "mute it", "Leave the chosen target out of every count, and link anew without it; the parameters list it.";
    Search in Everywhere, "search", "Search accounts by handle, name and bio; several words must all match, @ looks at handles only. Conditions filter: tag:none followers=86 bio:empty; tab completes them.";
    Mark in Everywhere, "mark", "Mark the chosen account, or take its mark away, and move down.";
    Path in Everywhere, "path", "Show how the two marked accounts hang together: the path with the fewest links, of these with the fewest by pictures alone, of these with the highest cosines by their sum.";
    TagSuspectedBot in Everywhere, "suspect", "Tag the marked accounts, or the chosen one, as suspected-bot.";
    TagLikelyHuman in Everywhere, "human", "Tag the marked accounts, or the chosen one, as likely-human.";
    TagUnsure in Everywhere, "unsure", "Tag the marked accounts, or the chosen one, as unsure.";
    Undo in Everywhere, "undo", "Take the last tagging back, without limit, or the last change of parameters or order in this session.";
    Parameters in Everywhere, "links", "Look at what links accounts, change it, and link anew: layer, rule, window, minimums, muted targets.";
    Import in Everywhere, "import", "Import files or folders: type or drop a path, with --avatars FOLDER, --format NAME or --map COLUMNS where needed.";
    Export in Everywhere, "export", "Write the tagged accounts with their evidence to a JSON file.";
    Clusters in Everywhere, "clusters", "Look at the clusters, those on which most independent layers agree first; once more, or esc, closes them. There mark-all marks the whole cluster.";
    Wall in Everywhere, "pictures", "Look at all pictures that are alike, group by group; once more, or esc, closes the wall. There tab goes to the next group, and mark-all marks the whole group.";
    NextUntagged in Everywhere, "next", "Go to the next untagged account, where most evidence speaks first; among the clusters, to the next one with untagged members.";
    Audit in Everywhere, "audit", "Look at who retweets the chosen account, or the marked ones taken as one, beside accounts that are as active; once more, or esc, closes that.";
    Signals in Everywhere, "signals", "Look at every signal of the chosen account: its value, where that stands in the data, what it rests on and what it cannot tell; once more, or esc, closes that.";
    Graph in Everywhere, "graph", "Draw the graph around the chosen account: its neighbours, the strongest at the top right and the others clockwise; once more, or esc, closes it. There hjkl and the arrows walk to the node that way, tab goes by strength, page-down to the weaker neighbours.";
    Palette in Everywhere, "find", "Find an action by its words, and call it.";
    Help in Everywhere, "help", "Show the keys of the place you are in, then all others; what you type looks among them.";
    Note in Everywhere, "note", "Write a note on the marked accounts, or the chosen one.";
    MarkAll in Everywhere, "mark all", "Mark every account that the list shows; once more takes these marks away.";
    Filter in Everywhere, "filter", "Show only accounts of one tag: all, suspected-bot, likely-human, unsure, tagged, untagged.";
    TagNone in Everywhere, "no tag", "Take the tag away from the marked accounts, or the chosen one.";
    Imports in Everywhere, "files", "List the files that were imported, look at what was read of them, and take one back.";
    Redo in Everywhere, "redo", "Do again what was undone.";
    Order in Everywhere, "order", "Order the accounts by links, handle, followers or retweets.";
    Back in Everywhere, "back", "Go back to where you jumped from.";
    Forward in Everywhere, "", "Go forward again.";
    MarkRange in Everywhere, "range", "Begin a range at the chosen account; at its other end, mark every account between.";
    InvertMarks in Everywhere, "invert", "Mark the accounts of the list that are not marked, and take the marks of the others away.";
    Repeat in Everywhere, "repeat", "Give the last tag, or write the last note, once more: to the marked accounts, or the chosen one.";
    OpenProfile in Everywhere, "profile", "Open the profile of the chosen account in the browser, after showing where that leads. The program itself goes nowhere.";
    ClearMarks in Everywhere, "", "Take every mark away.";
    CopyId in Everywhere, "copy id", "Copy the ids of the marked accounts, or of the chosen one, one a line, through the terminal (OSC 52).";
    CopyHandle in Everywhere, "copy handle", "Copy the handles of the marked accounts, or of the chosen one, one a line.";
    CopyLink in Everywhere, "copy link", "Copy the links of the marked accounts' profiles, or of the chosen one's, one a line.";
    CopyEvidence in Everywhere, "copy evidence", "Copy why the chosen pair is linked: its figures, what speaks against, and the shared targets with both times.";
    Redraw in Everywhere, "", "Draw the whole screen again; in lines, say all that stands there.";
    SaveTags in Everywhere, "", "Write all tags and notes to a file of their own, for when the cache cannot take them; `bot-tui tag --from FILE` brings them into one that can.";
    Suspend in Everywhere, "", "Go to the shell; fg comes back.";
    Quit in Everywhere, "quit", "Leave. Tags are already saved.";
    Down in Everywhere, "", "Move down. A number before a movement says how often: 5j moves five rows, 10G goes to row 10, 2 tab to pane 2.";
    Up in Everywhere, "", "Move up.";
    PageDown in Everywhere, "", "Move down by a screenful.";
    PageUp in Everywhere, "", "Move up by a screenful.";
    First in Everywhere, "", "Move to the first row.";
    Last in Everywhere, "", "Move to the last row.";
    Right in Everywhere, "", "Go to the pane on the right.";
    Left in Everywhere, "", "Go to the pane on the left.";
    NextPane in Everywhere, "", "Go to the next pane.";
    PreviousPane in Everywhere, "", "Go to the previous pane.";
    PaneWider in Everywhere, "", "Give the pane's column more of the width; the mouse drags the line between two columns.";
    PaneNarrower in Everywhere, "", "Give the pane's column less of the width.";
    PaneZoom in Everywhere, "zoom", "Give the pane all of the room, or the others theirs back.";
    PaneHide in Everywhere, "", "Hide the pane until you go to it again.";
    FocusAccounts in Everywhere, "", "Go to the accounts.";
    FocusNeighbours in Everywhere, "", "Go to the neighbours.";
    FocusWhy in Everywhere, "", "Go to the evidence.";
    FocusTags in Everywhere, "", "Go to the tags.";
    Escape in Everywhere, "", "Cancel running work; else clear search and filter; else go to the pane on the left.";
    CompleteNext in Entry, "complete", "While a path or a condition is typed, complete it; again for the next one that fits.";
    Accept in Entry, "accept", "Accept what was typed.";
    Abandon in Entry, "cancel", "Leave without it.";
    DeleteBackward in Entry, "", "Delete the character before the cursor.";
    DeleteWord in Entry, "", "Delete the word before the cursor.";
    DeleteLine in Entry, "clear", "Delete everything before the cursor.";
    EntryLeft in Entry, "", "Move the cursor left.";
    EntryRight in Entry, "", "Move the cursor right.";
    EntryStart in Entry, "", "Move the cursor to the beginning.";
    EntryEnd in Entry, "", "Move the cursor to the end.";
    EntryDown in Entry, "", "While searching, or among actions, move down in the list.";
    EntryUp in Entry, "", "While searching, or among actions, move up in the list.";
    EntryPageDown in Entry, "", "While searching, among actions or in the help, move down by a screenful.";
    EntryPageUp in Entry, "", "While searching, among actions or in the help, move up by a screenful.";
    CompletePrevious in Entry, "", "While a path is typed, go to the one before.";
    SettingChange in Parameters, "change", "Change the chosen setting, and link anew.";
    SettingReset in Parameters, "reset", "Set it back to its default; a muted target counts again.";
    SettingsClose in Parameters, "close", "Cancel linking where it runs, else close the parameters.";
    SettingsUndo in Parameters, "undo", "Take the last tagging or change of the parameters back.";
    SettingsRedo in Parameters, "redo", "Do again what was undone.";
    SettingsDown in Parameters, "", "Move down.";
    SettingsUp in Parameters, "", "Move up.";
    ImportsReport in Imports, "what was read", "Show what was read of the chosen file, and what was not.";
    TakeBack in Imports, "take back", "Take the chosen file back, after saying what that does; tags stay.";
    ImportsAdd in Imports, "import", "Import another file.";
    ImportsClose in Imports, "close", "Close the list; where a file was about to be taken back, leave it.";
    ImportsDown in Imports, "", "Move down.";
    ImportsUp in Imports, "", "Move up.";
    ReportClose in Report, "close", "Close the report.";
    ReportDown in Report, "down", "Scroll down.";
    ReportUp in Report, "up", "Scroll up.";
    ReportPageDown in Report, "page", "Scroll down by a screenful.";
    ReportPageUp in Report, "", "Scroll up by a screenful.";
    ReportFormat in Report, "name the format", "Import the files again whose format was not recognised, and name it.";
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
