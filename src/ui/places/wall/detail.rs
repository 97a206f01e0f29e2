//! The chosen picture beside the medoid of its group: how far apart they are, in which bits, and whose it is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use super::WIDE;
use crate::analysis::{Tile, Wall};
use crate::app::State;
use crate::model::{Account, AvatarId, Picture};
use crate::text::{count_of, thousands};
use crate::ui::Screen;
use crate::ui::theme::glyph;
use crate::ui::widgets::cells::{part, short};
use crate::ui::widgets::{avatar, bits, pane_frame};

/// Columns and rows of the two large pictures.
const PICTURE: (u16, u16) = (20, 10);

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let chosen = state.places.wall.wall.made.as_ref().zip(state.places.wall.chosen());
    let name = chosen.map_or_else(|| "no picture chosen".to_owned(), |(_, tile)| state.name_of(tile.account));
    if frame.area().width < WIDE {
        let facts = chosen.map(|(wall, tile)| facts(wall, tile, state)).unwrap_or_default();
        let text = [format!(" {}", part(&name, 24))].into_iter().chain(facts).collect::<Vec<_>>().join(" · ");
        frame.render_widget(Line::raw(short(&text, usize::from(area.width))), area);
        return;
    }
    let inside = pane_frame::draw(frame, area, short(&name, 30), false, screen.theme);
    let Some((wall, tile)) = chosen else { return };
    let below = draw_pictures(frame, inside, wall, tile, state, screen);
    let width = usize::from(below.width);
    let about = state.account(tile.account).map(|account| about(account, state)).unwrap_or_default();
    let lines = facts(wall, tile, state).into_iter().chain([String::new()]).chain(about);
    let mut lines: Vec<Line<'_>> = lines.map(|text| Line::raw(short(&format!(" {text}"), width))).collect();
    let label = state.tags.label(tile.account);
    let word = label.map_or("no tag", |label| label.word());
    lines.push(Line::from(vec![Span::styled(format!(" {} {word}", glyph(label)), screen.theme.label(label))]));
    frame.render_widget(Text::from(lines), below);
}

/// Draws both pictures and the bits in which they differ, and gives back what is left below.
fn draw_pictures(
    frame: &mut Frame<'_>,
    area: Rect,
    wall: &Wall,
    tile: Tile,
    state: &State,
    screen: &Screen<'_>,
) -> Rect {
    let (chosen, medoid) = (wall.picture(tile).avatar, wall.group(tile).medoid);
    let places = [area.x + 1, area.x + 1 + PICTURE.0 + 2];
    let words = ["this one", if chosen == medoid { "the medoid: itself" } else { "the medoid" }];
    for ((id, x), word) in [chosen, medoid].into_iter().zip(places).zip(words) {
        let caption = Rect { x, width: PICTURE.0, height: 1, ..area }.intersection(area);
        frame.render_widget(Line::styled(word, screen.theme.muted()), caption);
        let place = Rect { x, y: area.y + 1, width: PICTURE.0, height: PICTURE.1 }.intersection(area);
        match picture(state, id) {
            Some(picture) => avatar::draw(frame.buffer_mut(), place, picture, screen),
            None => avatar::draw_placeholder(frame.buffer_mut(), place, screen),
        }
    }
    let used = PICTURE.1 + 1;
    let below = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    let (Some(a), Some(b)) = (picture(state, chosen), picture(state, medoid)) else { return below };
    if chosen == medoid || below.height < bits::SIZE.1 + 9 {
        return below;
    }
    let line = Rect { height: 1, ..below };
    frame.render_widget(Line::styled(" differing bits, low frequencies at the top left", screen.theme.muted()), line);
    let place = Rect { x: below.x + 1, y: below.y + 1, width: bits::SIZE.0, height: bits::SIZE.1 };
    bits::draw(frame.buffer_mut(), place, [&a.print.pdq, &b.print.pdq], screen);
    let used = bits::SIZE.1 + 1;
    Rect { y: below.y + used, height: below.height - used, ..below }
}

fn picture(state: &State, id: AvatarId) -> Option<&Picture> {
    state.pictures.get(&id)?.as_ref()
}

/// What there is to know of the picture.
fn facts(wall: &Wall, tile: Tile, state: &State) -> Vec<String> {
    let grouped = wall.picture(tile);
    let quality = match grouped.quality {
        quality @ 50.. => format!("quality {quality}"),
        quality => format!("quality {quality}: compared by bytes only"),
    };
    let others = grouped.accounts.len() - 1;
    let mut facts = vec![
        format!("distance {} of 256 to the medoid", grouped.to_medoid),
        quality,
        match others {
            0 => "nobody else has this file".to_owned(),
            1 => "1 other has the same file".to_owned(),
            others => format!("{} others have the same file", thousands(others as u64)),
        },
    ];
    if let Some(picture) = picture(state, grouped.avatar) {
        let digits: String = picture.sha256.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        facts.push(format!("{} × {} pixels", picture.width, picture.height));
        facts.push(format!("SHA-256 {digits}…"));
    }
    facts
}

fn about(account: &Account, state: &State) -> Vec<String> {
    let links = state
        .links
        .as_ref()
        .map_or_else(|| "– accounts".to_owned(), |links| count_of(links.graph.degree(account.id) as u64, "account"));
    let followers = account.profile.followers.map_or_else(|| "–".to_owned(), thousands);
    vec![
        account.profile.name.clone().unwrap_or_else(|| "–".to_owned()),
        format!("followers {followers} · posts {}", thousands(u64::from(account.activity.posts))),
        format!("linked with {links}"),
    ]
}
