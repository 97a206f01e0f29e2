//! Every key, made from the action catalogue and the key map.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::Clear;

use crate::app::{Action, Place};
use crate::keys::Key;
use crate::ui::Screen;
use crate::ui::widgets::pane_frame;

const KEYS_WIDTH: usize = 22;

fn place(area: Rect) -> Rect {
    let width = area.width.saturating_sub(4).min(110);
    let height = area.height.saturating_sub(2);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + 1, width, height }
}

pub(in crate::ui) fn rows(area: Rect) -> usize {
    usize::from(place(area).height.saturating_sub(2))
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, area: Rect, top: usize, screen: &Screen<'_>) {
    let place = place(area);
    frame.render_widget(Clear, place);
    let [close, down, up] = [Action::HelpClose, Action::HelpDown, Action::HelpUp].map(|action| screen.key(action));
    let title = format!("Keys ─ {close} closes, {down} and {up} scroll");
    let inside = pane_frame::draw(frame, place, title, true, screen.theme);
    let lines = lines(usize::from(inside.width), screen);
    let top = top.min(lines.len().saturating_sub(usize::from(inside.height)));
    frame.render_widget(Text::from(lines.into_iter().skip(top).collect::<Vec<_>>()), inside);
}

fn lines(width: usize, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let mut lines = vec![
        Line::raw(" A link is evidence that two accounts act alike, never a verdict on them."),
        Line::raw(" Only your own tag calls an account a suspected bot."),
    ];
    for place in Place::ALL {
        lines.push(Line::default());
        lines.push(Line::styled(format!(" {}", heading(place)), screen.theme.heading()));
        for &action in Action::ALL.iter().filter(|action| action.place() == place) {
            let keys: Vec<String> = screen.keys.keys(action).iter().map(Key::to_string).collect();
            let keys = format!("   {:<KEYS_WIDTH$} ", keys.join(" "));
            let room = width.saturating_sub(keys.chars().count());
            let mut help = crate::text::wrap_to_width(action.help(), room.max(10), 4).into_iter();
            lines.push(Line::from(vec![
                Span::styled(keys, screen.theme.key()),
                Span::raw(help.next().unwrap_or_default()),
            ]));
            lines.extend(help.map(|rest| Line::raw(format!("{:indent$}{rest}", "", indent = KEYS_WIDTH + 4))));
        }
    }
    lines
}

fn heading(place: Place) -> &'static str {
    match place {
        Place::Everywhere => "In every pane",
        Place::Accounts => "Accounts",
        Place::Neighbours => "Neighbours",
        Place::Why => "Why",
        Place::Tags => "Tags",
        Place::Wall => "Wall of pictures",
        Place::Clusters => "Clusters",
        Place::Audit => "Audit",
        Place::Ego => "Graph around an account",
        Place::Path => "Path between two accounts",
        Place::Signals => "Signals of an account",
        Place::Parameters => "Parameters",
        Place::Imports => "Imported files",
        Place::Report => "Report of an import",
        Place::Entry => "While typing",
        Place::Help => "Here",
    }
}
