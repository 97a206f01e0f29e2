//! Bring what follows from a choice in line with it: the neighbours of the chosen account, the evidence of the
//! chosen pair, the windows around the cursors, and what must be read for what is seen.

use std::hash::Hash;

use rustc_hash::FxHashSet;

use super::{Effect, State};
use crate::app::places::{self, OpenPlace};
use crate::app::{Neighbour, Place};
use crate::model::{AvatarId, ObjectId, SharedTarget, closest_first};
use crate::signals::PairCautions;

/// Texts that are kept; beyond that they are read again when needed.
const KEPT: usize = 20_000;
/// Pictures that are kept beside those that are seen; beyond that they are read again. Up to 30 kB each.
const KEPT_PICTURES: usize = 2_000;

pub(in crate::app) fn settle(state: &mut State) -> Vec<Effect> {
    // Whatever led there, a pane with the focus is seen.
    state.sizes.show(state.focus);
    follow_neighbours(state);
    follow_pair(state);
    let seen = state.viewport;
    state.accounts.cursor.follow(state.accounts.rows.len(), seen.accounts);
    state.neighbours.cursor.follow(state.neighbours.rows.len(), seen.neighbours);
    state.why.cursor.follow(state.why.rows.len(), seen.why);
    state.tag_cursor.follow(state.history.entries().len(), seen.tags);
    let mut asked = Vec::new();
    for place in Place::ALL.iter().filter_map(|&place| places::get(place)) {
        place.follow(state);
        asked.extend(place.ask(state));
    }
    asked.extend(ask_for_objects(state));
    asked.extend(ask_for_pictures(state));
    asked
}

fn follow_neighbours(state: &mut State) {
    let chosen = state.chosen();
    if chosen == state.neighbours.account {
        return;
    }
    let rows = match (chosen, &state.links) {
        (Some(account), Some(links)) => links
            .graph
            .neighbours(account)
            .into_iter()
            .map(|(account, link)| Neighbour { account, link: *link })
            .collect(),
        _ => Vec::new(),
    };
    let pane = &mut state.neighbours;
    pane.account = chosen;
    pane.rows = rows;
    let wanted = pane.wanted.take();
    pane.cursor.row = pane.rows.iter().position(|row| Some(row.account) == wanted).unwrap_or_default();
    pane.cursor.top = 0;
}

fn follow_pair(state: &mut State) {
    let pair = state.chosen().zip(state.chosen_neighbour().map(|neighbour| neighbour.account));
    if pair == state.why.pair {
        return;
    }
    let mut rows: Vec<SharedTarget> = match (pair, &state.links) {
        (Some((a, b)), Some(links)) => links.incidence.shared_targets(a, b),
        _ => Vec::new(),
    };
    closest_first(&mut rows);
    let accounts = state.roster.as_ref().map_or(0, |roster| roster.counts.accounts);
    let links = pair.zip(state.links.as_ref());
    let rounded = links.map_or(0, |((a, b), links)| links.incidence.rounded_ends(a, b));
    let cautions = PairCautions::new(&rows, accounts, state.parameters.window_seconds);
    state.why.cautions = cautions.with_rounded_ends(rounded).words();
    state.why.pair = pair;
    state.why.rows = rows;
    state.why.cursor = crate::app::Cursor::default();
}

/// Asks for the texts of the targets around the window, once each.
fn ask_for_objects(state: &mut State) -> Option<Effect> {
    if state.objects.len() > KEPT {
        state.objects.clear();
        state.asked_objects.clear();
    }
    let height = state.viewport.why;
    let start = state.why.cursor.top.saturating_sub(height);
    let of_places: Vec<ObjectId> = open_places(state).flat_map(|place| place.objects(state)).collect();
    let of_pair = state.why.rows.iter().skip(start).take(3 * height).map(|target| target.object);
    let wanted: FxHashSet<ObjectId> = of_pair.chain(of_places).collect();
    let asked = &mut state.asked_objects;
    ask_again(&mut state.unread.objects, asked, &wanted);
    let missing: Vec<ObjectId> = wanted.into_iter().filter(|&id| asked.insert(id)).collect();
    (!missing.is_empty()).then_some(Effect::ReadObjects(missing))
}

/// Has what could not be read asked for again, once it was out of sight: at once, a damaged one would be read without end.
fn ask_again<Id: Copy + Eq + Hash>(unread: &mut Vec<Id>, asked: &mut FxHashSet<Id>, wanted: &FxHashSet<Id>) {
    unread.retain(|id| {
        let is_seen = wanted.contains(id);
        if !is_seen {
            asked.remove(id);
        }
        is_seen
    });
}

fn open_places(state: &State) -> impl Iterator<Item = &'static dyn OpenPlace> {
    state.stack.open_places().filter_map(places::get)
}

/// Asks for the pictures of the chosen pair and of the places that are open, once each.
fn ask_for_pictures(state: &mut State) -> Option<Effect> {
    let wanted = wanted_pictures(state);
    if state.pictures.len() > KEPT_PICTURES + wanted.len() {
        state.pictures.retain(|id, _| wanted.contains(id));
        let kept = &state.pictures;
        state.asked_pictures.retain(|id| kept.contains_key(id));
    }
    let asked = &mut state.asked_pictures;
    ask_again(&mut state.unread.pictures, asked, &wanted);
    let missing: Vec<AvatarId> = wanted.into_iter().filter(|&id| asked.insert(id)).collect();
    (!missing.is_empty()).then_some(Effect::ReadPictures(missing))
}

fn wanted_pictures(state: &State) -> FxHashSet<AvatarId> {
    let pair = [state.chosen(), state.chosen_neighbour().map(|neighbour| neighbour.account)];
    let of_pair = pair.into_iter().flatten().filter_map(|id| state.account(id)?.avatar);
    of_pair.chain(open_places(state).flat_map(|place| place.pictures(state))).collect()
}
