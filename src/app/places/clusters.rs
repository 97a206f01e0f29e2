//! What of the clusters is seen, and what is chosen among them.

use std::sync::Arc;

use super::{JobWords, OpenPlace};
use crate::analysis::{Answer, ClusterSet, ClustersOf, Links, Question};
use crate::app::update::{jump, mark, motion, triage};
use crate::app::{Action, Cursor, Effect, Notice, Place, Raster, Request, Same, State, active_between};
use crate::model::{AccountId, ObjectId, Timestamp};
use crate::signals::ClusterPortrait;
use crate::text::count_of;

/// A column of the clusters place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClusterColumn {
    /// The clusters.
    #[default]
    List,
    /// The members of the chosen one.
    Members,
    /// What they share.
    Shared,
}

impl ClusterColumn {
    /// Every column, from left to right.
    pub const ALL: [Self; 3] = [Self::List, Self::Members, Self::Shared];
}

/// How much of the clusters is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterViewport {
    /// Rows of the list of clusters.
    pub list: usize,
    /// Rows of members.
    pub members: usize,
    /// Lines of what they share.
    pub shared: usize,
    /// Lines that there are of what they share.
    pub shared_lines: usize,
    /// Columns of time.
    pub raster_columns: usize,
}

impl Default for ClusterViewport {
    fn default() -> Self {
        Self { list: 10, members: 10, shared: 10, shared_lines: 0, raster_columns: 40 }
    }
}

/// The clusters as they are looked at.
#[derive(Debug, Default)]
pub struct ClustersView {
    /// The clusters, once they are known.
    pub set: Request<Same<Links>, Arc<ClusterSet>>,
    /// The column that keys go to.
    pub column: ClusterColumn,
    /// The chosen cluster.
    pub cursor: Cursor,
    /// The chosen member.
    pub member: Cursor,
    /// The first line that is seen of what they share.
    pub scroll: usize,
    /// When members acted, in place of what they share, while it is looked at.
    pub raster: Option<Raster>,
    /// Somebody waits for the first account to go through.
    pub wanted: bool,
    /// The member that was chosen in clusters that were let go.
    left_at: Option<AccountId>,
}

impl ClustersView {
    /// The chosen cluster.
    #[must_use]
    pub fn chosen(&self) -> Option<&ClusterPortrait> {
        self.set.made.as_ref()?.portraits.get(self.cursor.row)
    }

    /// The members of the chosen cluster.
    #[must_use]
    pub fn members(&self) -> &[AccountId] {
        self.chosen().map_or(&[], |portrait| &portrait.cluster.members)
    }

    /// The chosen member.
    #[must_use]
    pub fn chosen_member(&self) -> Option<AccountId> {
        self.members().get(self.member.row).copied()
    }

    /// Whether keys walk through the members of a cluster.
    #[must_use]
    pub fn walks_members(&self) -> bool {
        self.raster.is_some() || self.column != ClusterColumn::List
    }

    /// Takes in new clusters; the member that was chosen stays chosen where it is in one.
    pub fn take(&mut self, set: Arc<ClusterSet>) {
        let member = self.chosen_member().or(self.left_at.take());
        let place = set.portraits.iter().enumerate().find_map(|(cluster, portrait)| {
            let row = portrait.cluster.members.iter().position(|&id| Some(id) == member)?;
            Some((cluster, row))
        });
        let (cluster, row) = place.unwrap_or_default();
        (self.cursor.row, self.member.row) = (cluster, row);
        (self.raster, self.scroll) = (None, 0);
        self.set.made = Some(set);
    }

    /// Another cluster was chosen.
    pub fn reset_members(&mut self) {
        (self.member, self.scroll, self.raster) = (Cursor::default(), 0, None);
    }
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        act(state, action)
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Clusters)
    }

    /// What was chosen stays chosen for the next time.
    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        state.stack.toggle_alone(Place::Clusters);
        Vec::new()
    }

    fn why_not(&self, state: &State, action: Action) -> Option<String> {
        let why = match action {
            Action::ClustersRaster if state.in_lines => super::DRAWING,
            Action::ClustersOpen | Action::ClustersRaster if state.places.clusters.chosen().is_none() => {
                "No cluster is chosen here."
            }
            Action::RasterCloser | Action::RasterWider | Action::RasterBrush
                if state.places.clusters.raster.is_none() =>
            {
                "The raster is not open."
            }
            _ => return None,
        };
        Some(why.to_owned())
    }

    fn is_hinted(&self, state: &State, action: Action) -> bool {
        let is_of_raster = matches!(action, Action::RasterCloser | Action::RasterWider | Action::RasterBrush);
        !is_of_raster || state.places.clusters.raster.is_some()
    }

    /// None while whole clusters are walked through.
    fn subject(&self, state: &State) -> Option<AccountId> {
        state.places.clusters.chosen_member().filter(|_| state.places.clusters.walks_members())
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.places.clusters.members().to_vec()
    }

    fn row(&self, state: &State) -> Option<usize> {
        state.places.clusters.walks_members().then_some(state.places.clusters.member.row)
    }

    fn step(&self, state: &mut State) {
        let count = state.places.clusters.members().len();
        state.places.clusters.member.move_by(1, count);
    }

    fn choose(&self, state: &mut State, list: usize, row: usize) {
        if list == ClusterColumn::List as usize {
            return choose_cluster(state, row);
        }
        state.places.clusters.column = ClusterColumn::Members;
        state.places.clusters.member.row = row;
    }

    fn follow(&self, state: &mut State) {
        let seen = state.viewport.places.clusters;
        let view = &mut state.places.clusters;
        let (clusters, members) = (view.set.made.as_ref().map_or(0, |set| set.portraits.len()), view.members().len());
        view.cursor.follow(clusters, seen.list);
        view.member.follow(members, seen.members);
        view.scroll = view.scroll.min(seen.shared_lines.saturating_sub(seen.shared));
    }

    /// The targets that are named of the chosen cluster.
    fn objects(&self, state: &State) -> Vec<ObjectId> {
        let view = &state.places.clusters;
        let Some((set, portrait)) = view.set.made.as_ref().zip(view.chosen()) else { return Vec::new() };
        portrait.cluster.targets.iter().filter_map(|target| set.links.incidence.object(target.target)).collect()
    }

    fn job(&self) -> Option<JobWords> {
        Some(JobWords {
            under_way: "clustering",
            cancelled: "Clustering was cancelled; open the clusters again to begin anew.",
        })
    }

    fn ask(&self, state: &mut State) -> Option<Effect> {
        if !state.stack.has(Place::Clusters) && !state.places.clusters.wanted {
            return None;
        }
        // While accounts are linked anew, the present links are about to go.
        let links = state.links.clone().filter(|_| state.wanted.is_none())?;
        let roster = state.roster.clone()?;
        let generation = state.places.clusters.set.ask(Same::of(&links))?;
        Some(state.ask(Place::Clusters, generation, Question::Clusters(ClustersOf { roster, links })))
    }

    fn generation(&self, state: &State) -> u64 {
        state.places.clusters.set.generation()
    }

    fn take(&self, state: &mut State, answer: Answer) -> Vec<Effect> {
        let Answer::Clusters(set) = answer else { return Vec::new() };
        state.places.clusters.take(set);
        if std::mem::take(&mut state.places.clusters.wanted) { triage::next(state) } else { Vec::new() }
    }

    fn give_up(&self, state: &mut State) {
        state.places.clusters.wanted = false;
        state.places.clusters.set.give_up();
    }

    fn rests_on_links(&self) -> bool {
        true
    }

    fn let_go(&self, state: &mut State) {
        let view = &mut state.places.clusters;
        if !state.stack.has(Place::Clusters) {
            view.left_at = view.chosen_member().or(view.left_at);
            view.set.made = None;
        }
    }

    /// Whoever waits for the first account to go through still does.
    fn forget(&self, state: &mut State) {
        state.places.clusters.set.give_up();
    }
}

/// What an action means while clusters are looked at; `None` where it means what it means elsewhere.
fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let can_cancel = state.can_cancel();
    match action {
        Action::Left | Action::Right => sideways(state, action == Action::Right),
        Action::NextPane | Action::PreviousPane => next(state, action == Action::NextPane),
        Action::Down | Action::Up | Action::PageDown | Action::PageUp | Action::First | Action::Last => {
            go(state, action)
        }
        Action::MarkAll => {
            let members = state.places.clusters.members().to_vec();
            mark::toggle_all(state, members);
        }
        Action::ClustersOpen if state.places.clusters.column == ClusterColumn::List => {
            state.places.clusters.column = ClusterColumn::Members;
        }
        Action::ClustersOpen if state.places.clusters.chosen_member().is_some() => {
            return Some(jump::out_to_subject(state));
        }
        Action::ClustersOpen => return Some(jump::to_subject(state)),
        Action::NextUntagged => triage::next_cluster(state),
        Action::ClustersRaster => toggle_raster(state),
        Action::RasterCloser | Action::RasterWider => {
            if let Some(raster) = &mut state.places.clusters.raster {
                raster.zoom(action == Action::RasterCloser);
            }
        }
        Action::RasterBrush => brush(state),
        Action::Escape if !can_cancel => step_back(state),
        _ => return None,
    }
    Some(Vec::new())
}

fn sideways(state: &mut State, right: bool) {
    let columns = state.viewport.places.clusters.raster_columns;
    if let Some(raster) = &mut state.places.clusters.raster {
        return raster.step(if right { 1 } else { -1 }, columns);
    }
    let here = ClusterColumn::ALL.iter().position(|&column| column == state.places.clusters.column).unwrap_or_default();
    let there = if right { (here + 1).min(ClusterColumn::ALL.len() - 1) } else { here.saturating_sub(1) };
    state.places.clusters.column = ClusterColumn::ALL[there];
}

/// The next column; over the raster the next cluster.
fn next(state: &mut State, forward: bool) {
    if state.places.clusters.raster.is_some() {
        let last = state.places.clusters.set.made.as_ref().map_or(0, |set| set.portraits.len()).saturating_sub(1);
        let here = state.places.clusters.cursor.row;
        return choose(state, if forward { (here + 1).min(last) } else { here.saturating_sub(1) }, 0);
    }
    let here = ClusterColumn::ALL.iter().position(|&column| column == state.places.clusters.column).unwrap_or_default();
    let count = ClusterColumn::ALL.len();
    state.places.clusters.column = ClusterColumn::ALL[(here + if forward { 1 } else { count - 1 }) % count];
}

/// Chooses a cluster and one of its members; the raster shows the new one where it is open.
pub(in crate::app) fn choose(state: &mut State, cluster: usize, member: usize) {
    let with_raster = state.places.clusters.raster.is_some();
    state.places.clusters.cursor.row = cluster;
    state.places.clusters.reset_members();
    state.places.clusters.member.row = member;
    if with_raster {
        toggle_raster(state);
    }
}

fn go(state: &mut State, action: Action) {
    let seen = state.viewport.places.clusters;
    let view = &mut state.places.clusters;
    let column = if view.raster.is_some() { ClusterColumn::Members } else { view.column };
    let height = match column {
        ClusterColumn::List => seen.list,
        ClusterColumn::Members => seen.members,
        ClusterColumn::Shared => seen.shared,
    };
    let rows = motion::rows(action, height).unwrap_or_default();
    match column {
        ClusterColumn::List => {
            let (before, count) = (view.cursor.row, view.set.made.as_ref().map_or(0, |set| set.portraits.len()));
            view.cursor.move_by(rows, count);
            if view.cursor.row != before {
                view.reset_members();
            }
        }
        ClusterColumn::Members => {
            let count = view.members().len();
            view.member.move_by(rows, count);
        }
        ClusterColumn::Shared => {
            let last = seen.shared_lines.saturating_sub(seen.shared);
            view.scroll = view.scroll.saturating_add_signed(rows).min(last);
        }
    }
}

/// Goes to a cluster of the list.
fn choose_cluster(state: &mut State, row: usize) {
    state.places.clusters.column = ClusterColumn::List;
    if state.places.clusters.cursor.row != row {
        choose(state, row, 0);
    }
}

fn toggle_raster(state: &mut State) {
    let view = &mut state.places.clusters;
    if view.raster.take().is_some() {
        return;
    }
    let span = view.chosen().map(|portrait| portrait.cluster.span);
    view.raster = span.flatten().map(Raster::over);
    if span == Some(None) {
        state.notice = Some(Notice::error("No times are known of what this cluster shared."));
    }
}

/// Puts the brush down; once more marks the members that acted between.
fn brush(state: &mut State) {
    let columns = state.viewport.places.clusters.raster_columns;
    let Some(raster) = &mut state.places.clusters.raster else { return };
    let Some(range) = raster.brushed(columns) else {
        raster.brush = Some(raster.at);
        state.notice = Some(Notice::info("Move to the other end of the time; the same key marks who acted between."));
        return;
    };
    raster.brush = None;
    let Some(set) = &state.places.clusters.set.made else { return };
    let active = active_between(&set.links.incidence, state.places.clusters.members(), range);
    if active.is_empty() {
        state.notice = Some(Notice::info("No member acted in this time."));
        return;
    }
    let members = count_of(active.len() as u64, "member");
    state.marks.extend(active);
    let all = state.marks.len() as u64;
    let (marked, are) = (count_of(all, "account"), if all == 1 { "is" } else { "are" });
    state.notice = Some(Notice::info(format!("{members} acted in this time; {marked} {are} marked now.")));
}

/// One step at a time: the brush, the raster, the column, the place.
fn step_back(state: &mut State) {
    let view = &mut state.places.clusters;
    if let Some(raster) = view.raster.as_mut().filter(|raster| raster.brush.is_some()) {
        raster.brush = None;
    } else if view.raster.is_some() {
        view.raster = None;
    } else if view.column == ClusterColumn::List {
        state.stack.close(Place::Clusters);
    } else {
        sideways(state, false);
    }
}
