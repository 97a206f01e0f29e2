//! What of the wall is seen: rows of tiles, and the chosen one among them.
//!
//! Words of this room: *tile*, an account on the wall, its picture with its name below; *row*, tiles of one group beside each
//! other; *hang*, take in new groups; *alike*, the parameters that decide which pictures are.

mod view;

pub use view::{WallRow, WallView, WallViewport};

use super::{JobWords, OpenPlace};
use crate::analysis::{Answer, Question, WallOf};
use crate::app::update::{jump, mark};
use crate::app::{Action, Effect, Place, State};
use crate::model::{AccountId, AvatarId, LinkParameters, Timestamp};

/// What decides which pictures are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike(u32, bool, f64, u32);

impl Alike {
    /// As these parameters say.
    #[must_use]
    pub fn new(parameters: &LinkParameters) -> Self {
        let LinkParameters { max_avatar_distance, mirrored, default_avatar_share, default_avatar_accounts, .. } =
            *parameters;
        Self(max_avatar_distance, mirrored, default_avatar_share, default_avatar_accounts)
    }
}

/// What this place answers.
pub(in crate::app) struct Here;

impl OpenPlace for Here {
    fn act(&self, state: &mut State, action: Action, _: Timestamp) -> Option<Vec<Effect>> {
        act(state, action)
    }

    fn opener(&self) -> Option<Action> {
        Some(Action::Wall)
    }

    /// The chosen account stays chosen for the next time.
    fn toggle(&self, state: &mut State) -> Vec<Effect> {
        state.stack.toggle_alone(Place::Wall);
        Vec::new()
    }

    fn why_not(&self, state: &State, action: Action) -> Option<String> {
        let why = match action {
            Action::Wall if state.in_lines => Some(super::DRAWING),
            Action::WallLarger => state.places.wall.why_not_resized(1),
            Action::WallSmaller => state.places.wall.why_not_resized(-1),
            _ => None,
        };
        why.map(str::to_owned)
    }

    fn subject(&self, state: &State) -> Option<AccountId> {
        state.places.wall.chosen().map(|tile| tile.account)
    }

    fn accounts(&self, state: &State) -> Vec<AccountId> {
        state.places.wall.wall.made.iter().flat_map(|wall| wall.tiles()).map(|tile| tile.account).collect()
    }

    fn step(&self, state: &mut State) {
        state.places.wall.step(1);
    }

    fn choose(&self, state: &mut State, _: usize, tile: usize) {
        state.places.wall.cursor = tile;
    }

    fn follow(&self, state: &mut State) {
        let seen = state.viewport.places.wall;
        state.places.wall.follow(seen.columns, seen.lines);
    }

    fn pictures(&self, state: &State) -> Vec<AvatarId> {
        let view = &state.places.wall;
        let Some(wall) = &view.wall.made else { return Vec::new() };
        let chosen = view.chosen().map(|tile| [wall.picture(tile).avatar, wall.group(tile).medoid]);
        let rows = view.around(state.viewport.places.wall.lines).iter();
        let tiles = rows.flat_map(|row| &wall.tiles()[row.first..row.first + row.tiles]);
        chosen.into_iter().flatten().chain(tiles.map(|&tile| wall.picture(tile).avatar)).collect()
    }

    fn job(&self) -> Option<JobWords> {
        Some(JobWords {
            under_way: "grouping pictures",
            cancelled: "Grouping pictures was cancelled; open the wall again to begin anew.",
        })
    }

    /// Asks anew where the present groups are of other parameters.
    fn ask(&self, state: &mut State) -> Option<Effect> {
        let roster = state.roster.clone().filter(|_| state.stack.has(Place::Wall))?;
        let parameters = state.wanted_parameters().clone();
        let generation = state.places.wall.wall.ask(Alike::new(&parameters))?;
        Some(state.ask(Place::Wall, generation, Question::Wall(WallOf { roster, parameters })))
    }

    fn generation(&self, state: &State) -> u64 {
        state.places.wall.wall.generation()
    }

    fn take(&self, state: &mut State, answer: Answer) -> Vec<Effect> {
        if let Answer::Wall(wall) = answer {
            state.places.wall.hang(wall);
        }
        Vec::new()
    }

    fn give_up(&self, state: &mut State) {
        state.places.wall.wall.give_up();
    }

    fn forget(&self, state: &mut State) {
        self.give_up(state);
    }
}

/// What an action means while the wall is looked at; `None` where it means what it means elsewhere.
fn act(state: &mut State, action: Action) -> Option<Vec<Effect>> {
    let page = state.places.wall.rows_in(state.viewport.places.wall.lines).cast_signed();
    let view = &mut state.places.wall;
    match action {
        Action::Left => view.step(-1),
        Action::Right => view.step(1),
        Action::Up => view.step_rows(-1),
        Action::Down => view.step_rows(1),
        Action::PageUp => view.step_rows(-page),
        Action::PageDown => view.step_rows(page),
        Action::First => view.step(isize::MIN),
        Action::Last => view.step(isize::MAX),
        Action::NextPane => view.step_group(true),
        Action::PreviousPane => view.step_group(false),
        Action::WallLarger => view.resize(1),
        Action::WallSmaller => view.resize(-1),
        Action::MarkAll => mark_group(state),
        Action::WallJump => return Some(jump::out_to_subject(state)),
        _ => return None,
    }
    Some(Vec::new())
}

fn mark_group(state: &mut State) {
    let accounts = match (&state.places.wall.wall.made, state.places.wall.chosen()) {
        (Some(wall), Some(tile)) => wall.tiles_of(tile.group as usize).iter().map(|tile| tile.account).collect(),
        _ => Vec::<AccountId>::new(),
    };
    mark::toggle_all(state, accounts);
}
