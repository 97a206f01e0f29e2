//! What the members of the chosen cluster share, layer by layer, and what speaks against reading much into it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};

use crate::analysis::ClusterSet;
use crate::app::{ClusterColumn, State};
use crate::graph::ClusterTarget;
use crate::signals::{ClusterPortrait, LayerCount};
use crate::text::{count_of, date, date_time, gap, thousands};
use crate::ui::Screen;
use crate::ui::widgets::cells::{cell, right, short, wrapped};
use crate::ui::widgets::pane_frame;
use crate::ui::widgets::spark::sparkline;

/// Columns of names.
const NAME: usize = 13;
/// Columns of what is counted of a target.
const FIGURES: usize = 31;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let focused = super::has_keys(state, ClusterColumn::Shared);
    let inside = pane_frame::draw(frame, area, "3 What they share".to_owned(), focused, screen.theme);
    let lines = lines(state, usize::from(inside.width), screen);
    let height = usize::from(inside.height);
    let below = lines.len().saturating_sub(state.places.clusters.scroll + height);
    let seen: Vec<Line<'static>> = lines.into_iter().skip(state.places.clusters.scroll).take(height).collect();
    frame.render_widget(Text::from(seen), inside);
    if below > 0 && area.height > 2 {
        let text = format!(" {} more below ", thousands(below as u64));
        let place = Rect { y: area.bottom() - 1, height: 1, x: area.x + 2, width: area.width.saturating_sub(4) };
        frame.render_widget(Line::styled(text, screen.theme.muted()).right_aligned(), place);
    }
}

/// Every line, whether or not it is seen.
pub(super) fn lines(state: &State, width: usize, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let Some((set, portrait)) = state.places.clusters.set.made.as_ref().zip(state.places.clusters.chosen()) else {
        return Vec::new();
    };
    let page = Page { state, set, portrait, width, screen };
    let mut lines = page.facts();
    lines.extend(page.layers());
    lines.extend(page.against());
    lines.extend(page.strips());
    lines.extend(page.targets());
    lines
}

struct Page<'a> {
    state: &'a State,
    set: &'a ClusterSet,
    portrait: &'a ClusterPortrait,
    width: usize,
    screen: &'a Screen<'a>,
}

impl Page<'_> {
    fn row(&self, name: &str, text: &str) -> Line<'static> {
        let room = self.width.saturating_sub(NAME + 1);
        let name = Span::styled(format!(" {}", cell(name, NAME)), self.screen.theme.heading());
        Line::from(vec![name, Span::raw(short(text, room))])
    }

    fn rule(&self) -> Line<'static> {
        Line::styled("─".repeat(self.width), self.screen.theme.muted())
    }

    fn facts(&self) -> Vec<Line<'static>> {
        let cluster = &self.portrait.cluster;
        let (size, links) = (count_of(cluster.members.len() as u64, "account"), count_of(cluster.links as u64, "link"));
        let median = cluster.median_gap_ms.map_or_else(|| "–".to_owned(), gap);
        let span = cluster
            .span
            .map_or_else(|| "–".to_owned(), |(first, last)| format!("{} to {}", date_time(first), date_time(last)));
        let density = format!("{size} · {links}, {:.0} % of all pairs", cluster.density * 100.0);
        vec![self.row("cluster", &density), self.row("median gap", &median), self.row("time (UTC)", &span)]
    }

    fn layers(&self) -> Vec<Line<'static>> {
        let size = self.portrait.cluster.members.len();
        let agree = self.portrait.agreeing();
        let mut lines = vec![self.rule()];
        for (independent, agree, what) in [
            (true, agree.independent, "independent layers agree: half of all members, 3 or more"),
            (false, agree.reusing, "layers agree that reuse the shared targets"),
        ] {
            let layers = self.portrait.layers.iter().filter(|count| count.independent == independent);
            let heading = format!(" {agree} of {} {what}", layers.clone().count());
            lines.push(Line::styled(short(&heading, self.width), self.screen.theme.muted()));
            lines.extend(layers.map(|count| self.layer(count, size)));
        }
        lines
    }

    fn layer(&self, count: &LayerCount, size: usize) -> Line<'static> {
        let theme = self.screen.theme;
        let agrees = count.agrees(size);
        let figure = match count.members.total {
            0 => "–".to_owned(),
            total => format!("{} of {}", thousands(count.members.with.into()), thousands(total.into())),
        };
        let style = if agrees { theme.heading() } else { theme.muted() };
        let sign = if agrees { "●" } else { "·" };
        let name = format!(" {sign} {} {}", count.layer.letter(), cell(count.layer.name(), NAME - 1));
        let room = self.width.saturating_sub(NAME + 17);
        Line::from(vec![
            Span::styled(name, style),
            Span::raw(right(&figure, 11)),
            Span::styled(format!("  {}", short(count.layer.meaning(), room)), theme.muted()),
        ])
    }

    fn against(&self) -> Vec<Line<'static>> {
        let against = &self.portrait.against;
        let theme = self.screen.theme;
        let heading = match against.len() {
            0 => " against: no caution raised, which proves nothing".to_owned(),
            _ => " against".to_owned(),
        };
        let mut lines = vec![self.rule(), Line::styled(short(&heading, self.width), theme.heading())];
        for words in against {
            let parts = wrapped(words, self.width.saturating_sub(4), 3);
            let styled = |(at, part): (usize, String)| {
                Line::styled(format!(" {} {part}", if at == 0 { "–" } else { " " }), theme.warning())
            };
            lines.extend(parts.into_iter().enumerate().map(styled));
        }
        lines
    }

    fn strips(&self) -> Vec<Line<'static>> {
        let handles = self.portrait.handles.iter().map(|found| {
            let assigned = if found.assigned { " (assigned by the platform)" } else { "" };
            format!("{} ×{}{assigned}", short(&found.shape, 24), thousands(found.members.into()))
        });
        let handles = handles.collect::<Vec<_>>().join(" · ");
        let handles = if handles.is_empty() { "–".to_owned() } else { handles };
        let mut lines = vec![self.rule(), self.row("handles", &handles)];
        match &self.portrait.created {
            Some(created) => {
                let (first, last) = created.span;
                let strip = format!("{} {} {}", date(first), sparkline(&created.bins), date(last));
                let (most, day) = created.densest;
                let densest = format!(
                    "{} of {} within 24 h from {}",
                    thousands(most.into()),
                    thousands(created.known.into()),
                    date_time(day)
                );
                lines.extend([self.row("created", &strip), self.row("", &densest)]);
            }
            None => lines.push(self.row("created", "–")),
        }
        if self.portrait.hours.iter().all(|&count| count == 0) {
            lines.push(self.row("hours (UTC)", "–"));
        } else {
            let strip = sparkline(&self.portrait.hours);
            lines.extend([self.row("hours (UTC)", &strip), self.row("", "0     6     12    18   23")]);
        }
        lines
    }

    fn targets(&self) -> Vec<Line<'static>> {
        let named = self.width.saturating_sub(FIGURES + 1);
        let heading = format!(" {}{}", cell("top targets", named), right("members median gap   everyone ", FIGURES));
        let mut lines = vec![self.rule(), Line::styled(heading, self.screen.theme.muted())];
        lines.extend(self.portrait.cluster.targets.iter().enumerate().map(|(place, target)| {
            let text = words(self.state, self.set, target);
            let (letter, style) = sign(place, self.screen);
            let alone = if target.falls_apart { "!" } else { " " };
            let figures = format!(
                "{}{}{}{alone}",
                right(&thousands(target.members as u64), 8),
                right(&target.median_gap_ms.map_or_else(|| "–".to_owned(), gap), 11),
                right(&thousands(target.sharers as u64), 11)
            );
            Line::from(vec![
                Span::styled(format!(" {letter} "), style),
                Span::raw(cell(&text, named.saturating_sub(2))),
                Span::raw(figures),
            ])
        }));
        if self.portrait.cluster.targets.iter().any(|target| target.falls_apart) {
            let words = " ! without it the cluster would fall apart";
            lines.push(Line::styled(short(words, self.width), self.screen.theme.muted()));
        }
        lines
    }
}

/// What a target says, else its key. Hostile until sanitised.
pub(super) fn words(state: &State, set: &ClusterSet, target: &ClusterTarget) -> String {
    let object = set.links.incidence.object(target.target).and_then(|id| state.objects.get(&id));
    object.map_or_else(|| "…".to_owned(), |object| object.text.clone().unwrap_or_else(|| object.key.clone()))
}

/// The letter of a target by its place, and its colour: both the same here and in the raster.
pub(super) fn sign(place: usize, screen: &Screen<'_>) -> (char, Style) {
    let letter = u8::try_from(place).ok().filter(|&place| place < 26).map_or('?', |place| char::from(b'a' + place));
    (letter, screen.theme.target(place))
}
