//! Text from data on its way to the screen: the one place where the ui lets it through the sanitising path, and where it is
//! turned round for terminals that do not do that.

use std::borrow::Cow;
use std::cell::Cell;

use ratatui::style::Style;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::{
    Bidi, alike, display_width, pad_to_width, sanitise_line, truncate_to_width, visual, visual_characters,
    wrap_to_width,
};

/// Characters of one field that are ever looked at; a screen row holds fewer.
const LONGEST: usize = 1_000;

thread_local! {
    /// Who turns text round in the frame that is being drawn. It stands here and not in an argument because text passes
    /// here from a hundred places, most of which know nothing of the screen.
    static BIDI: Cell<Bidi> = const { Cell::new(Bidi::Terminal) };
}

/// Says who turns text round, for the frame that is drawn next on this thread.
pub(in crate::ui) fn begin(bidi: Bidi) {
    BIDI.set(bidi);
}

/// A safe line in the order in which the terminal wants it.
pub(in crate::ui) fn ordered(line: &str) -> Cow<'_, str> {
    if BIDI.get() == Bidi::Reorder { visual(line) } else { Cow::Borrowed(line) }
}

/// Hostile text, of at most about `longest` characters, made safe and such that every terminal measures it alike.
pub(in crate::ui) fn drawn(text: &str, longest: usize) -> Cow<'_, str> {
    match sanitise_line(text, longest) {
        Cow::Borrowed(safe) => alike(safe),
        Cow::Owned(safe) => Cow::Owned(alike(&safe).into_owned()),
    }
}

/// Hostile text, made safe and exactly `width` columns wide.
pub(in crate::ui) fn cell(text: &str, width: usize) -> String {
    let safe = drawn(text, LONGEST);
    made_up(pad_to_width(&ordered(&truncate_to_width(&safe, width)), width).into_owned())
}

/// A span with lam and alef in it is said to be a column narrower than it is drawn, and what follows it would cover its
/// last letter. Blanks make up for that: they are covered instead.
fn made_up(mut text: String) -> String {
    let missing = display_width(&text).saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// Hostile text, made safe and at most `width` columns wide.
pub(in crate::ui) fn short(text: &str, width: usize) -> String {
    made_up(ordered(&truncate_to_width(&drawn(text, LONGEST), width)).into_owned())
}

/// Hostile text, made safe and at most `width` columns wide, as a part of a line that `short` or `cell` puts in order.
pub(in crate::ui) fn part(text: &str, width: usize) -> String {
    truncate_to_width(&drawn(text, LONGEST), width).into_owned()
}

/// Hostile text, made safe and broken into at most `lines` lines of `width` columns.
pub(in crate::ui) fn wrapped(text: &str, width: usize, lines: usize) -> Vec<String> {
    let lines = wrap_to_width(&drawn(text, LONGEST), width, lines);
    lines.into_iter().map(|line| made_up(ordered(&line).into_owned())).collect()
}

/// A number or a word of ours at the right end of `width` columns; empty where there is no room.
pub(in crate::ui) fn right(text: &str, width: usize) -> String {
    let used = text.chars().count();
    if used > width { "…".repeat(usize::from(width > 0)) } else { format!("{}{text}", " ".repeat(width - used)) }
}

/// Like `cell`, with the characters at `matched` (counted in the text as `drawn`) in another style.
pub(in crate::ui) fn highlighted(
    text: &str,
    width: usize,
    matched: &[usize],
    plain: Style,
    bright: Style,
) -> Vec<Span<'static>> {
    let safe = drawn(text, LONGEST);
    let shown = truncate_to_width(&safe, width);
    let seen = if BIDI.get() == Bidi::Reorder { visual_characters(&shown) } else { None };
    let seen = seen.unwrap_or_else(|| shown.graphemes(true).enumerate().collect());
    // Matches count letters, and what is seen as one character may be several.
    let starts: Vec<usize> =
        shown.graphemes(true).scan(0, |at, one| Some(std::mem::replace(at, *at + one.chars().count()))).collect();
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut push = |text: &str, style| match spans.last_mut() {
        Some(last) if last.style == style => last.content.to_mut().push_str(text),
        _ => spans.push(Span::styled(text.to_owned(), style)),
    };
    for (place, character) in seen {
        let letters = starts[place]..starts[place] + character.chars().count();
        let is_matched = matched.iter().any(|at| letters.contains(at));
        push(character, if is_matched { bright } else { plain });
    }
    let padding = width.saturating_sub(display_width(&shown));
    push(&" ".repeat(padding), plain);
    spans.into_iter().map(|span| Span::styled(made_up(span.content.into_owned()), span.style)).collect()
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::text::Line;

    use super::*;

    fn drawn(spans: Vec<Span<'static>>) -> String {
        let mut terminal = Terminal::new(TestBackend::new(12, 1)).unwrap();
        terminal.draw(|frame| frame.render_widget(Line::from(spans), frame.area())).unwrap();
        terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect()
    }

    #[test]
    fn lam_and_alef_take_two_columns_and_lose_no_letter() {
        let bar = || Span::raw("|");
        for name in ["لاله", "بلال", "لا", "گل لاله"] {
            let letters = name.chars().count();
            assert_eq!(drawn(vec![Span::raw(cell(name, 8)), bar()]), format!("{name:8}|   "));
            assert_eq!(drawn(vec![Span::raw(cell(name, letters)), bar()]).trim_end(), format!("{name}|"));
            assert_eq!(drawn(vec![Span::raw(short(name, 8)), bar()]).trim_end(), format!("{name}|"));
            let bright = Style::new().bold();
            let mut spans = highlighted(name, 8, &[1, 2], Style::new(), bright);
            spans.push(bar());
            assert_eq!(drawn(spans), format!("{name:8}|   "));
        }
        assert_eq!(drawn(vec![Span::raw(short("لاله لاله", 6)), bar()]).trim_end(), "لاله …|");
    }
}
