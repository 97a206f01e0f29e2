//! Text from data on its way to the screen: the one place where the ui lets it through the sanitising path.

use ratatui::style::Style;
use ratatui::text::Span;

use crate::text::{pad_to_width, sanitise_line, truncate_to_width, wrap_to_width};

/// Characters of one field that are ever looked at; a screen row holds fewer.
const LONGEST: usize = 1_000;

/// Hostile text, made safe and exactly `width` columns wide.
pub(in crate::ui) fn cell(text: &str, width: usize) -> String {
    let safe = sanitise_line(text, LONGEST);
    pad_to_width(&truncate_to_width(&safe, width), width).into_owned()
}

/// Hostile text, made safe and at most `width` columns wide.
pub(in crate::ui) fn short(text: &str, width: usize) -> String {
    truncate_to_width(&sanitise_line(text, LONGEST), width).into_owned()
}

/// Hostile text, made safe and broken into at most `lines` lines of `width` columns.
pub(in crate::ui) fn wrapped(text: &str, width: usize, lines: usize) -> Vec<String> {
    wrap_to_width(&sanitise_line(text, LONGEST), width, lines)
}

/// A number or a word of ours at the right end of `width` columns; empty where there is no room.
pub(in crate::ui) fn right(text: &str, width: usize) -> String {
    let used = text.chars().count();
    if used > width { "…".repeat(usize::from(width > 0)) } else { format!("{}{text}", " ".repeat(width - used)) }
}

/// Like `cell`, with the characters at `matched` (counted in the sanitised text) in another style.
pub(in crate::ui) fn highlighted(
    text: &str,
    width: usize,
    matched: &[usize],
    plain: Style,
    bright: Style,
) -> Vec<Span<'static>> {
    let shown = cell(text, width);
    let mut spans: Vec<Span<'static>> = Vec::new();
    for (index, character) in shown.chars().enumerate() {
        let style = if matched.binary_search(&index).is_ok() { bright } else { plain };
        match spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push(character),
            _ => spans.push(Span::styled(character.to_string(), style)),
        }
    }
    spans
}
