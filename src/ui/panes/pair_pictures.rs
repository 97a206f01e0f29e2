//! The pictures of a pair side by side, in which bits they differ, and what that says.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::detail::picture;
use crate::app::{Neighbour, State};
use crate::model::{AccountId, AvatarMatch, Picture};
use crate::text::is_default_avatar_address;
use crate::ui::Screen;
use crate::ui::widgets::{avatar, bits};

/// Draws both pictures and, where there is room, the bits in which their hashes differ.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, pair: [AccountId; 2], screen: &Screen<'_>) {
    if area.is_empty() {
        return;
    }
    let side = area.height * 2;
    let mut x = area.x + 1;
    for id in pair {
        let place = Rect { x, width: side.min(area.right().saturating_sub(x)), ..area };
        match state.account(id).and_then(|account| account.avatar) {
            None => frame.render_widget(Line::styled("no picture", screen.theme.muted()), place),
            Some(id) => match picture(state, id) {
                Some(picture) => avatar::draw(frame.buffer_mut(), place, picture, screen),
                None => avatar::draw_placeholder(frame.buffer_mut(), place, screen),
            },
        }
        x += side + 2;
    }
    let place = Rect { x, width: area.right().saturating_sub(x), ..area };
    if let Some([a, b]) = both(state, pair)
        && a.sha256 != b.sha256
    {
        bits::draw(frame.buffer_mut(), place, [&a.print.pdq, &b.print.pdq], screen);
    }
}

fn both(state: &State, pair: [AccountId; 2]) -> Option<[&Picture; 2]> {
    let shown = |id| picture(state, state.account(id)?.avatar?);
    Some([shown(pair[0])?, shown(pair[1])?])
}

/// What the pictures say of the pair.
pub(super) fn words(state: &State, a: AccountId, neighbour: &Neighbour) -> String {
    let pair = [a, neighbour.account];
    match neighbour.link.avatar {
        Some(AvatarMatch::Same) => "the same file, byte for byte".to_owned(),
        Some(AvatarMatch::Near(distance)) => near_words(state, pair, distance),
        None => no_link_words(state, pair),
    }
}

fn near_words(state: &State, pair: [AccountId; 2], distance: u32) -> String {
    let turn = both(state, pair).and_then(|[a, b]| a.print.nearest(&b.print, state.parameters.mirrored).1);
    let turn = turn.map_or_else(String::new, |turn| format!(", {}", turn.word));
    let quality = both(state, pair)
        .map_or_else(String::new, |[a, b]| format!(" · qualities {} and {}", a.print.quality, b.print.quality));
    format!("PDQ distance {distance} of 256{turn}{quality}")
}

fn no_link_words(state: &State, pair: [AccountId; 2]) -> String {
    let avatars = pair.map(|id| state.account(id).and_then(|account| account.avatar));
    if avatars.iter().any(Option::is_none) {
        return address_words(state, pair);
    }
    if let Some(links) = &state.links {
        let mut carried = avatars.into_iter().flatten();
        if carried.clone().any(|id| links.graph.is_default_avatar(id)) {
            return "no link: a default picture".to_owned();
        }
        if carried.any(|id| links.graph.is_crowded_avatar(id)) {
            return "no link: carried by more accounts than can be linked each with each".to_owned();
        }
    }
    match both(state, pair) {
        Some([a, b]) if !a.print.is_comparable() || !b.print.is_comparable() => {
            "no link: too plain to compare, and not the same file".to_owned()
        }
        Some([a, b]) => format!("different pictures, PDQ distance {} of 256", a.print.nearest(&b.print, false).0),
        None => "different pictures".to_owned(),
    }
}

/// What the addresses say where there is no picture: never a link.
fn address_words(state: &State, pair: [AccountId; 2]) -> String {
    let address = |id| state.account(id).and_then(|account| account.profile.avatar_url.as_deref());
    match pair.map(address) {
        [Some(a), Some(b)] if is_default_avatar_address(a) && is_default_avatar_address(b) => {
            "no link: both have a default picture, by its address".to_owned()
        }
        [Some(a), Some(b)] if a == b => "no link: the same address, but no picture to compare".to_owned(),
        [Some(_), Some(_)] => "– (only addresses, which prove nothing)".to_owned(),
        _ => "– (no picture of one or both)".to_owned(),
    }
}
