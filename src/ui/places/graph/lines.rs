//! The links of the graph as lines: unbroken for what is shared, dotted for pictures, double for both.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::canvas::{Canvas, Painter, Shape};

use super::Layers;
use crate::app::{GraphLayout, GraphNode, GraphSpot, State, Tie};
use crate::ui::Screen;

/// Dots of a cell: two columns of four.
const DOTS: (f64, f64) = (2.0, 4.0);
/// Of so many dots of a dotted line one is drawn.
const SPARSE: usize = 4;
/// Dots between the two strokes of a double line.
const APART: usize = 3;

/// What a line looks like, in two characters.
pub(super) fn sample(layers: Layers) -> &'static str {
    match (layers.shares, layers.pictures) {
        (_, false) => "──",
        (false, true) => "··",
        (true, true) => "══",
    }
}

/// A link between two nodes.
struct Strand {
    from: GraphSpot,
    to: GraphSpot,
    layers: Layers,
    color: Color,
}

impl Shape for Strand {
    fn draw(&self, painter: &mut Painter<'_, '_>) {
        // The middle of a cell, in dots from the top left corner.
        let dots = |spot: GraphSpot| {
            (f64::from(spot.column) * DOTS.0 + DOTS.0 / 2.0, f64::from(spot.row) * DOTS.1 + DOTS.1 / 2.0)
        };
        let ((x1, y1), (x2, y2)) = (dots(self.from), dots(self.to));
        let is_flat = (x2 - x1).abs() > (y2 - y1).abs();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as many dots as a screen has")]
        let steps = (x2 - x1).abs().max((y2 - y1).abs()).round().max(1.0) as usize;
        let bounds = painter.bounds();
        let (right, bottom) = (bounds.0[1], bounds.1[1]);
        for step in (0..=steps).filter(|step| self.layers.shares || step % SPARSE == 0) {
            #[expect(clippy::cast_precision_loss, reason = "as many dots as a screen has")]
            let share = step as f64 / steps as f64;
            let (x, y) = (x1 + (x2 - x1) * share, y1 + (y2 - y1) * share);
            if x < 0.0 || y < 0.0 || x > right || y > bottom {
                continue;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the canvas")]
            let (x, y) = (x as usize, y as usize);
            painter.paint(x, y, self.color);
            if self.layers.shares && self.layers.pictures {
                let (x, y) = if is_flat { (x, y + APART) } else { (x + APART, y) };
                painter.paint(x, y, self.color);
            }
        }
    }
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, layout: &GraphLayout, state: &State, screen: &Screen<'_>) {
    let strands = strands(layout, state, screen);
    let canvas = Canvas::default()
        .marker(Marker::Braille)
        .x_bounds([0.0, f64::from(area.width) * DOTS.0 - 1.0])
        .y_bounds([0.0, f64::from(area.height) * DOTS.1 - 1.0])
        .paint(|context| strands.iter().for_each(|strand| context.draw(strand)));
    frame.render_widget(canvas, area);
}

/// Every line, those that matter most last, since these cover the others.
fn strands(layout: &GraphLayout, state: &State, screen: &Screen<'_>) -> Vec<Strand> {
    let color = |style: Style| style.fg.unwrap_or(Color::Reset);
    let chosen = state.graph_place();
    let spot = |place| layout.spot(GraphNode::Neighbour(place));
    let mut strands = Vec::new();
    let (bright, faint): (Vec<&Tie>, Vec<&Tie>) = state
        .places
        .graph
        .ties
        .iter()
        .filter(|tie| state.places.graph.is_drawn(tie, chosen))
        .partition(|tie| chosen.is_some_and(|chosen| tie.ends.contains(&chosen)));
    for (tie, is_bright) in faint.into_iter().map(|tie| (tie, false)).chain(bright.into_iter().map(|tie| (tie, true))) {
        let layers = Layers::from_link(&tie.link);
        let style = if is_bright { layers.style(screen) } else { screen.theme.faint() };
        let [from, to] = tie.ends.map(spot);
        strands.push(Strand { from, to, layers, color: color(style) });
    }
    for (place, row) in state.neighbours.rows[state.graph_drawn()].iter().enumerate() {
        let layers = Layers::from_link(&row.link);
        strands.push(Strand { from: layout.centre, to: spot(place), layers, color: color(layers.style(screen)) });
    }
    strands
}
