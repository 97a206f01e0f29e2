//! The graph around an account, and why it is linked with the chosen neighbour.
//!
//! Words of this room: *strand*, a link as it is drawn, from spot to spot; *letters*, one for each layer on which a neighbour's
//! link rests; *sample*, two characters that show what a kind of line looks like.

mod lines;
mod names;
mod summary;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use crate::app::{GraphViewport, Hit, List, Place, State};
use crate::model::Link;
use crate::text::thousands;
use crate::ui::panes::{evidence, why};
use crate::ui::widgets::cells::{short, wrapped};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::unlinked::no_neighbours;
use crate::ui::{Regions, Screen};

/// On which layers a link rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layers {
    shares: bool,
    pictures: bool,
}

impl Layers {
    const ALL: [Self; 3] = [
        Self { shares: true, pictures: false },
        Self { shares: false, pictures: true },
        Self { shares: true, pictures: true },
    ];

    fn from_link(link: &Link) -> Self {
        Self { shares: link.co_share_kept, pictures: link.avatar.is_some() }
    }

    /// A letter for each layer: the first one of what is shared, as `R` of co-retweet, and `A` of avatar.
    fn letters(self, state: &State) -> String {
        let layer = state.parameters.layer.layer();
        let shared = layer.strip_prefix("co-").and_then(|word| word.chars().next()).map(|c| c.to_ascii_uppercase());
        shared.filter(|_| self.shares).into_iter().chain(self.pictures.then_some('A')).collect()
    }

    fn words(self, state: &State) -> String {
        match (self.shares, self.pictures) {
            (_, false) => state.parameters.layer.layer().to_owned(),
            (false, true) => "avatar".to_owned(),
            (true, true) => "both".to_owned(),
        }
    }

    fn style(self, screen: &Screen<'_>) -> Style {
        screen.theme.layers(self.shares, self.pictures)
    }
}

/// The graph, and beside or below it the evidence; in a wide terminal that is the pane that stands there anyway.
fn places(regions: &Regions) -> [Rect; 2] {
    let (body, why) = (regions.body, regions.why);
    if regions.breadcrumb.height == 0 {
        return [Rect { width: why.x.saturating_sub(body.x), ..body }, why];
    }
    Layout::vertical([Constraint::Fill(1), Constraint::Length(evidence::LINES + 2)]).areas(body)
}

/// How large the graph is.
pub(in crate::ui) fn measure(regions: &Regions, _: &State, _: &Screen<'_>) -> GraphViewport {
    let [graph, _] = places(regions);
    GraphViewport { columns: graph.width.saturating_sub(2), rows: graph.height.saturating_sub(2) }
}

/// The account that stands there.
pub(in crate::ui) fn hit(regions: &Regions, at: Position, state: &State) -> Option<Hit> {
    let [graph, _] = places(regions);
    names::node_at(pane_frame::rows(graph, 0), at, state).map(|node| Hit::Row(List::Of(Place::Graph, 0), node))
}

/// `Graph › @rose › @dove`: the middle, and the chosen neighbour.
pub(in crate::ui) fn name(state: &State) -> String {
    let called = |id| short(&state.name_of(id), 24);
    let neighbour = state.chosen_neighbour().filter(|_| !state.graph_on_centre());
    let nodes = state.chosen().into_iter().chain(neighbour.map(|neighbour| neighbour.account)).map(called);
    ["Graph".to_owned()].into_iter().chain(nodes).collect::<Vec<_>>().join(" › ")
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let [graph, beside] = places(regions);
    let inside = pane_frame::draw(frame, graph, title(state), true, screen.theme);
    if state.neighbours.rows.is_empty() {
        let width = usize::from(inside.width).saturating_sub(3);
        let why = wrapped(&no_neighbours(state, screen), width, usize::from(inside.height));
        let why = why.into_iter().map(|line| Line::styled(format!("  {line}"), screen.theme.muted()));
        frame.render_widget(Text::from_iter(why), inside);
    } else {
        let layout = state.graph_layout();
        lines::draw(frame, inside, &layout, state, screen);
        names::draw(frame, inside, &layout, state, screen);
        below(frame, graph, state, screen);
    }
    if state.graph_on_centre() {
        summary::draw(frame, beside, state, screen);
    } else if regions.breadcrumb.height == 0 {
        why::draw(frame, beside, state, screen);
    } else {
        draw_evidence(frame, beside, state, screen);
    }
}

fn title(state: &State) -> String {
    let name = state.chosen().map_or_else(|| "no account".to_owned(), |id| short(&state.name_of(id), 24));
    let (drawn, all) = (state.graph_drawn(), state.neighbours.rows.len());
    let [first, last, count] = [drawn.start + 1, drawn.end, all].map(|count| thousands(count as u64));
    match all {
        0 => format!("Around {name}"),
        1 => format!("Around {name} ─ 1 neighbour"),
        _ if drawn.len() == all => format!("Around {name} ─ {count} neighbours, clockwise by strength"),
        _ => format!("Around {name} ─ {first}–{last} of {count}, clockwise by strength"),
    }
}

/// On the frame: what the lines mean, and how many neighbours are not drawn.
fn below(frame: &mut Frame<'_>, graph: Rect, state: &State, screen: &Screen<'_>) {
    let place = Rect { x: graph.x + 2, y: graph.bottom() - 1, width: graph.width.saturating_sub(4), height: 1 };
    let mut spans = vec![Span::raw(" ")];
    for layers in Layers::ALL {
        let sign = format!("{}{} ", layers.letters(state), lines::sample(layers));
        spans.extend([Span::styled(sign, layers.style(screen)), Span::raw(format!("{}  ", layers.words(state)))]);
    }
    let legend = Line::from(spans);
    let used = u16::try_from(legend.width()).unwrap_or(u16::MAX).min(place.width);
    frame.render_widget(legend, Rect { width: used, ..place });
    let hidden = state.neighbours.rows.len() - state.graph_drawn().len();
    if hidden > 0 {
        let rest = Rect { x: place.x + used, width: place.width - used, ..place };
        let are = if hidden == 1 { "is" } else { "are" };
        let text = short(&format!(" {} {are} not drawn ", thousands(hidden as u64)), usize::from(rest.width));
        frame.render_widget(Line::styled(text, screen.theme.muted()).right_aligned(), rest);
    }
}

/// Where the whole pane has no room: what each layer says of the pair.
fn draw_evidence(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let Some((a, neighbour)) = state.chosen().zip(state.chosen_neighbour()) else { return };
    let [first, second] = [a, neighbour.account].map(|id| short(&state.name_of(id), 20));
    let inside = pane_frame::draw(frame, area, format!("3 Why {first} — {second}"), false, screen.theme);
    let pair = evidence::Pair { a, neighbour: &neighbour, cautions: &state.why.cautions };
    let lines = evidence::lines(state, &pair, usize::from(inside.width), false, screen);
    frame.render_widget(Text::from(lines), inside);
}
