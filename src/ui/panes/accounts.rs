//! The accounts: who is in the data.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::{Action, Pane, Place, State, TagFilter};
use crate::model::{Account, AccountId};
use crate::query::is_filter;
use crate::search::highlight;
use crate::text::thousands;
use crate::ui::Screen;
use crate::ui::widgets::cells::{drawn, highlighted, right, short};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::signs::{RowState, signs};

const HEADINGS: u16 = 1;
const LINKS_WIDTH: usize = 7;

/// Where its rows stand.
pub(in crate::ui) fn rows(area: Rect) -> Rect {
    pane_frame::rows(area, HEADINGS)
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let focused = state.focus == Pane::Accounts;
    let inside = pane_frame::draw(frame, area, title(state), focused, screen.theme);
    let widths = Widths::new(usize::from(inside.width));
    let heading = format!(
        "    {:<handle$} {:<name$} {:>links$}",
        "handle",
        "name",
        "links",
        handle = widths.handle,
        name = widths.name,
        links = LINKS_WIDTH,
    );
    let mut lines = vec![Line::styled(heading, screen.theme.muted())];
    let pane = &state.accounts;
    let range = state.range(Place::Accounts);
    for index in pane.cursor.window(pane.rows.len(), usize::from(rows(area).height)) {
        let chosen = index == pane.cursor.row;
        let in_range = range.as_ref().is_some_and(|range| range.contains(&index));
        let line = row(state, pane.rows[index], &widths, RowState { chosen, in_range }, screen);
        lines.push(if chosen { line.style(screen.theme.cursor(focused)) } else { line });
    }
    if pane.rows.is_empty() && state.account_count().is_some() {
        lines.push(Line::styled(nothing(state, screen), screen.theme.muted()));
    }
    frame.render_widget(ratatui::text::Text::from(lines), inside);
}

fn title(state: &State) -> String {
    let pane = &state.accounts;
    let all = state.account_count().unwrap_or_default();
    let search = if pane.query.is_empty() { String::new() } else { format!(" ─ {}", short(&pane.query, 20)) };
    let filter = if pane.filter == TagFilter::All { String::new() } else { format!(" ─ {}", pane.filter.word()) };
    let count = if pane.rows.len() as u64 == all {
        thousands(all)
    } else {
        let so_far = if state.head.is_some() { " so far" } else { "" };
        format!("{} of {}{so_far}", thousands(pane.rows.len() as u64), thousands(all))
    };
    format!("1 Accounts{search}{filter} ─ {count}")
}

fn nothing(state: &State, screen: &Screen<'_>) -> String {
    let is_narrowed = !state.accounts.query.is_empty() || state.accounts.filter != TagFilter::All;
    if state.head.is_some() || !is_narrowed {
        "  reading …".to_owned()
    } else {
        format!("  No account matches. {} takes search and filter away.", screen.key(Action::Escape))
    }
}

struct Widths {
    handle: usize,
    name: usize,
}

impl Widths {
    fn new(inside: usize) -> Self {
        let free = inside.saturating_sub(LINKS_WIDTH + 6);
        let handle = (free / 2).max(8);
        Self { handle, name: free.saturating_sub(handle) }
    }
}

fn row(state: &State, id: AccountId, widths: &Widths, looked_at: RowState, screen: &Screen<'_>) -> Line<'static> {
    let theme = screen.theme;
    let degree = state.links.as_ref().map_or_else(|| "–".to_owned(), |links| thousands(links.graph.degree(id) as u64));
    let (mention, name) = state
        .account(id)
        .map_or_else(Default::default, |account| (account.mention(), account.profile.name.clone().unwrap_or_default()));
    let mut spans = signs(state, id, looked_at, screen).to_vec();
    for (text, width) in [(&mention, widths.handle), (&name, widths.name)] {
        let query = state.accounts.query.as_str();
        let matched =
            if query.is_empty() || is_filter(query) { Vec::new() } else { highlight(&drawn(text, 200), query) };
        spans.extend(highlighted(text, width, &matched, Style::new(), theme.matched()));
        spans.push(Span::raw(" "));
    }
    spans.push(Span::raw(right(&degree, LINKS_WIDTH)));
    Line::from(spans)
}

/// The bio of an account in words: what it says, that it is blank, or that the data does not hold it.
pub(super) fn bio_words(account: &Account) -> &str {
    match account.profile.bio.as_deref() {
        None => "–",
        Some(bio) if bio.trim().is_empty() => "(blank)",
        Some(bio) => bio,
    }
}
