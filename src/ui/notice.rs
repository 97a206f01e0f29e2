//! The line above the hints: what the last action did, or the line that is typed.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Clear, Paragraph, Wrap};
use unicode_width::UnicodeWidthStr;

use super::widgets::cells::{drawn, ordered, short, wrapped};
use super::{Regions, Screen};
use crate::app::{Action, Entry, EntryPurpose, Notice, NoticeKind, State};
use crate::text::{display_width, thousands};

/// Characters of a typed line that are drawn on either side of the cursor.
const LONGEST: usize = 2_000;
/// Rows that a notice takes at the most.
const MOST_ROWS: usize = 5;
/// What the line of an import can hold, while it is empty.
const EXAMPLE: &str = "files or folders, also --avatars FOLDER, --format NAME, --map COLUMNS";

pub(super) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    match &state.entry {
        Some(entry) => draw_entry(frame, regions, state, entry, screen),
        None => draw_notice(frame, regions, state, screen),
    }
    // What is shown as done must not be lost, so what is not on disk yet says so.
    if state.unsaved > 0 && state.tags_kept.is_none() {
        frame.render_widget(Line::styled("saving ", screen.theme.muted()).right_aligned(), regions.notice);
    }
}

/// What the last action did, over as many of the lines above as it takes to read all of it: the next key takes it away.
fn draw_notice(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let width = usize::from(regions.notice.width);
    match &state.notice {
        // What stays until it is mended hides nothing.
        // Lines that are heard tell one row.
        Some(said)
            if !screen.theme.in_lines
                && state.count.is_none()
                && (said.kind == NoticeKind::Error || state.tags_kept.is_none()) =>
        {
            let lines = whole(state, said, width, screen);
            let rows = u16::try_from(lines.len()).unwrap_or(1).clamp(1, regions.notice.y.max(1));
            let place = Rect { y: regions.notice.y + 1 - rows, height: rows, ..regions.notice };
            frame.render_widget(Clear, place);
            frame.render_widget(Text::from(lines), place);
        }
        _ => frame.render_widget(notice(state, width, screen), regions.notice),
    }
}

/// All of a notice, in lines, with the key that comes next behind it.
fn whole(state: &State, said: &Notice, width: usize, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let (text, style) = match said.kind {
        NoticeKind::Error => (format!("! {}", error_text(state, said)), screen.theme.warning()),
        NoticeKind::Info => (said.text.clone(), Style::default()),
    };
    let lines = wrapped(&text, width.saturating_sub(2), MOST_ROWS).into_iter();
    let mut lines: Vec<Line<'static>> = lines.map(|line| Line::styled(format!(" {line}"), style)).collect();
    let next = said.next.map_or_else(String::new, |next| format!(" · {} {}", screen.key(next), next.hint()));
    let fits = lines.last().is_some_and(|last| last.width() + next.width() <= width);
    let next = if fits { next } else { next.replacen(" · ", " ", 1) };
    match lines.last_mut().filter(|_| fits) {
        Some(last) => last.push_span(Span::styled(next, screen.theme.key())),
        None => lines.push(Line::styled(next, screen.theme.key())),
    }
    lines
}

/// An error; it may come of the very thing that keeps tags from being saved, and must not hide that.
fn error_text(state: &State, said: &Notice) -> String {
    let kept = if state.tags_kept.is_some() { format!("NOT saved: {} · ", state.unsaved) } else { String::new() };
    kept + &said.text
}

/// What a terminal shows that is too small for anything else.
pub(super) fn draw_alone(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let [needs, said] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    let quit = screen.key(Action::Quit);
    frame.render_widget(format!("bot-tui needs 60 columns and 16 rows; {quit} leaves."), needs);
    let room = usize::from(said.width) * usize::from(said.height);
    frame.render_widget(Paragraph::new(notice(state, room, screen)).wrap(Wrap { trim: true }), said);
}

fn notice(state: &State, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let room = width.saturating_sub(4);
    if let Some(count) = state.count {
        let pane = screen.key(Action::NextPane);
        let words = format!(" {count} × what key? A movement, or {pane} for the pane of this number");
        return Line::styled(short(&words, room), screen.theme.key());
    }
    match &state.notice {
        Some(notice) if notice.kind == NoticeKind::Error => {
            Line::styled(format!(" ! {}", short(&error_text(state, notice), room)), screen.theme.warning())
        }
        // What is shown as done and is not must not be hidden by what is done since.
        _ if state.tags_kept.is_some() => {
            let reason = state.tags_kept.as_deref().unwrap_or_default();
            let save = screen.key(Action::SaveTags);
            let said = format!(" ! NOT saved: {} · {save} saves all tags to a file: {reason}", state.unsaved);
            Line::styled(short(&said, room), screen.theme.warning())
        }
        Some(notice) => {
            let next = notice.next.map_or_else(String::new, |next| format!(" · {} {}", screen.key(next), next.hint()));
            let text = short(&notice.text, room.saturating_sub(next.width()));
            Line::from(vec![Span::raw(format!(" {text}")), Span::styled(next, screen.theme.key())])
        }
        None if state.cache_lost.is_some() => {
            let reason = state.cache_lost.as_deref().unwrap_or_default();
            let save = screen.key(Action::SaveTags);
            Line::styled(
                format!(" ! {}", short(&format!("{save} saves all tags to a file: {reason}"), room)),
                screen.theme.warning(),
            )
        }
        None if !state.marks.is_empty() => {
            Line::styled(format!(" {} marked", thousands(state.marks.len() as u64)), screen.theme.mark())
        }
        None => Line::default(),
    }
}

fn prompt(state: &State, purpose: &EntryPurpose) -> String {
    match purpose {
        EntryPurpose::Search { .. } => "search: ".to_owned(),
        EntryPurpose::Import => "import: ".to_owned(),
        EntryPurpose::Palette(_) => "action: ".to_owned(),
        EntryPurpose::Help(_) => "help on: ".to_owned(),
        EntryPurpose::OpenLink => "open in the browser: ".to_owned(),
        EntryPurpose::Export => "export to: ".to_owned(),
        EntryPurpose::SaveTags => "save all tags to: ".to_owned(),
        EntryPurpose::Setting(setting) => format!("{}: ", setting.name()),
        EntryPurpose::Note { accounts, .. } => match accounts.as_slice() {
            [one] => format!("note on {}: ", short(&state.name_of(*one), 24)),
            many => format!("note on {} accounts: ", many.len()),
        },
    }
}

fn draw_entry(frame: &mut Frame<'_>, regions: &Regions, state: &State, entry: &Entry, screen: &Screen<'_>) {
    let prompt = format!(" {}", prompt(state, &entry.purpose));
    let (before, after) = entry.parts();
    let [before, after] = [before, after].map(|part| drawn(part, LONGEST));
    let room = usize::from(regions.notice.width).saturating_sub(prompt.width() + 1);
    // The end of a long line is what is being typed, so its beginning gives way.
    let mut start = 0;
    while display_width(&before[start..]) > room {
        start += before[start..].chars().next().map_or(1, char::len_utf8);
    }
    let seen = &before[start..];
    let at = regions.notice.x + u16::try_from(prompt.width() + display_width(seen)).unwrap_or(0);
    let empty = before.is_empty() && after.is_empty();
    let example = if empty && entry.purpose == EntryPurpose::Import { EXAMPLE } else { "" };
    let line = Line::from(vec![
        Span::styled(prompt, screen.theme.key()),
        Span::raw(ordered(seen).into_owned()),
        Span::raw(ordered(&after).into_owned()),
        Span::styled(example, screen.theme.muted()),
    ]);
    frame.render_widget(line, regions.notice);
    let searches = matches!(entry.purpose, EntryPurpose::Search { .. });
    // While something fits, that says more of what can follow.
    let fits = state.completion.as_ref().is_some_and(|completion| !completion.candidates.is_empty());
    if let Some(error) = state.accounts.query_error.as_ref().filter(|_| searches && !fits) {
        draw_above(frame, regions, &Notice::error(error.clone()), screen);
    } else if let Some(notice) = &state.notice {
        draw_above(frame, regions, notice, screen);
    }
    frame.set_cursor_position(Position::new(at, regions.notice.y));
}

/// What is wrong with the line, or what came while it is typed, above it.
fn draw_above(frame: &mut Frame<'_>, regions: &Regions, notice: &Notice, screen: &Screen<'_>) {
    let (sign, style) = match notice.kind {
        NoticeKind::Error => ("! ", screen.theme.warning()),
        NoticeKind::Info => ("", Style::default()),
    };
    let lines =
        wrapped(&format!("{sign}{}", notice.text), usize::from(regions.notice.width).saturating_sub(2), MOST_ROWS);
    let rows = u16::try_from(lines.len()).unwrap_or(1).min(regions.notice.y);
    let place = Rect { y: regions.notice.y - rows, height: rows, ..regions.notice };
    frame.render_widget(Clear, place);
    let lines: Vec<Line<'_>> = lines.into_iter().map(|line| Line::styled(format!(" {line}"), style)).collect();
    frame.render_widget(Text::from(lines), place);
}

#[cfg(test)]
mod tests {
    use crate::app::rehearsal::Rehearsal;
    use crate::app::{Action, Message};
    use crate::ui::tests::drawn;

    #[test]
    fn a_long_message_is_read_whole_in_a_narrow_terminal() {
        let mut session = Rehearsal::new();
        let said = "The cache cannot be read: ".to_owned() + &"a long reason ".repeat(9) + "and its end";
        session.receive(Message::Failed(said));
        let screen = drawn(&mut session, 80, 24).to_string();
        assert!(screen.contains("! The cache") && screen.contains("and its end"), "{screen}");
        session.act(&[Action::Down]);
        assert!(!drawn(&mut session, 80, 24).to_string().contains("long reason"));
    }

    #[test]
    fn a_value_that_is_none_stays_with_all_that_is_said_of_it() {
        let mut session = Rehearsal::new();
        session.act(&[Action::Parameters, Action::SettingsDown, Action::SettingChange, Action::DeleteLine]);
        session.type_text("cosine:7").act(&[Action::Accept]);
        let screen = drawn(&mut session, 80, 24).to_string();
        for part in ["keep: cosine:7", "`cosine:7` is no value of keep", "timing:P"] {
            assert!(screen.contains(part), "{part}: {screen}");
        }
    }

    #[test]
    fn what_comes_while_a_line_is_typed_is_seen_above_it() {
        let mut session = Rehearsal::new();
        session.act(&[Action::Note]).type_text("same lamp");
        session.receive(Message::Failed("The tags were NOT saved: disk full".to_owned()));
        let screen = drawn(&mut session, 80, 24).to_string();
        assert!(screen.contains("disk full") && screen.contains("same lamp"), "{screen}");
    }
}
