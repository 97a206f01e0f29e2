//! What an import came to: every file with what was read of it and what was not, what is new, how to take it back.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Text};
use ratatui::widgets::Clear;

use crate::app::{Action, FileReport, Hit, ImportReport, Place, ReportViewport, State};
use crate::model::Counts;
use crate::text::thousands;
use crate::ui::overlays::window;
use crate::ui::widgets::cells::wrapped;
use crate::ui::widgets::pane_frame;
use crate::ui::{Regions, Screen};

const WIDTH: u16 = 100;
/// Lines that one text is broken into.
const LONGEST: usize = 6;
/// Files that are named of those that were left alone, and pictures that could not be read.
const NAMED: usize = 20;

/// How many lines are seen, and how many there are.
pub(in crate::ui) fn measure(regions: &Regions, state: &State, screen: &Screen<'_>) -> ReportViewport {
    if !state.stack.has(Place::Report) {
        return ReportViewport { lines: 0, all: 0 };
    }
    let (place, page) = lay_out(regions.all, &state.places.report.report, screen);
    ReportViewport { lines: usize::from(place.height.saturating_sub(2)), all: page.lines.len() }
}

/// Nothing is chosen in it.
pub(in crate::ui) fn hit(_: &Regions, _: Position, _: &State) -> Option<Hit> {
    None
}

fn lay_out<'a>(area: Rect, report: &ImportReport, screen: &'a Screen<'a>) -> (Rect, Page<'a>) {
    let width = window(area, WIDTH, 0).width.saturating_sub(2);
    let page = Page::new(report, usize::from(width), screen);
    (window(area, WIDTH, page.lines.len()), page)
}

pub(in crate::ui) fn draw(frame: &mut Frame<'_>, regions: &Regions, state: &State, screen: &Screen<'_>) {
    let view = &state.places.report;
    let (place, page) = lay_out(regions.all, &view.report, screen);
    frame.render_widget(Clear, place);
    let (height, count) = (usize::from(place.height.saturating_sub(2)), page.lines.len());
    let top = view.top.min(count.saturating_sub(height));
    let more = if count > top + height { format!(" ─ {} more below", count - top - height) } else { String::new() };
    let inside = pane_frame::draw(frame, place, format!("What was imported{more}"), true, screen.theme);
    frame.render_widget(Text::from_iter(page.lines.into_iter().skip(top)), inside);
}

/// Lines as they are made.
struct Page<'a> {
    lines: Vec<Line<'static>>,
    width: usize,
    screen: &'a Screen<'a>,
}

impl<'a> Page<'a> {
    fn new(report: &ImportReport, width: usize, screen: &'a Screen<'a>) -> Self {
        let mut page = Self { lines: Vec::new(), width, screen };
        page.errors(report);
        for file in &report.files {
            page.file(file);
        }
        page.left_alone(report);
        page.pictures(report);
        page.counts(report);
        page.what_next(report);
        page
    }

    /// Hostile text, made safe and broken into lines behind `indent` blanks.
    fn say(&mut self, indent: usize, style: Style, text: &str) {
        let room = self.width.saturating_sub(indent + 1).max(10);
        let lines = wrapped(text, room, LONGEST);
        self.lines.extend(lines.into_iter().map(|line| Line::styled(format!("{:indent$}{line}", ""), style)));
    }

    fn errors(&mut self, report: &ImportReport) {
        let warning = self.screen.theme.warning();
        if report.cancelled {
            let text =
                "The import was cancelled. What was read in whole batches stays; import the file again to complete it.";
            self.say(1, warning, text);
            self.lines.push(Line::default());
        }
        for error in &report.errors {
            self.say(1, warning, &format!("! {error}"));
        }
        if !report.unknown.is_empty() {
            let key = self.screen.key(Action::ReportFormat);
            self.say(3, self.screen.theme.key(), &format!("{key} asks for the format and imports again"));
        }
        if !report.errors.is_empty() {
            self.lines.push(Line::default());
        }
    }

    fn file(&mut self, file: &FileReport) {
        let theme = self.screen.theme;
        self.say(1, theme.heading(), &file.path);
        if file.known_before {
            self.say(3, theme.muted(), "The same bytes were imported before: nothing changed.");
        }
        if file.unfinished {
            self.say(3, theme.warning(), "Not read to its end: import it again to complete it, or take it back.");
        }
        let deletions =
            if file.deletions == 0 { String::new() } else { format!(" · {} deletions", thousands(file.deletions)) };
        let records = count(file.records, "record");
        let skipped = match file.skipped {
            0 => "every line could be read".to_owned(),
            lines => format!("{} could not be read", count(lines, "line")),
        };
        self.say(3, Style::new(), &format!("{} · {records}{deletions} · {skipped}", file.format));
        for warning in &file.warnings {
            self.say(3, theme.warning(), &format!("! {warning}"));
        }
        for line in &file.reasons {
            self.say(5, theme.muted(), &format!("line {}: {}", thousands(line.line), line.reason));
        }
        let listed = file.reasons.len() as u64;
        if file.skipped > listed && listed > 0 {
            self.say(
                5,
                theme.muted(),
                &format!("and {} more; the cache keeps the first thousand", thousands(file.skipped - listed)),
            );
        }
        self.lines.push(Line::default());
    }

    fn left_alone(&mut self, report: &ImportReport) {
        let muted = self.screen.theme.muted();
        for path in report.left_alone.iter().take(NAMED) {
            self.say(1, muted, &format!("left alone, in no known format: {path}"));
        }
        self.rest(report.left_alone.len(), muted);
    }

    fn pictures(&mut self, report: &ImportReport) {
        let skipped = &report.skipped_pictures;
        if report.pictures == 0 && skipped.is_empty() {
            return;
        }
        let not = if skipped.is_empty() {
            String::new()
        } else {
            format!(" · {} could not be used", thousands(skipped.len() as u64))
        };
        self.say(1, Style::new(), &format!("{} read{not}", count(report.pictures, "picture")));
        let muted = self.screen.theme.muted();
        for (path, why) in skipped.iter().take(NAMED) {
            self.say(3, muted, &format!("{path}: {why}"));
        }
        self.rest(skipped.len(), muted);
        self.lines.push(Line::default());
    }

    fn rest(&mut self, all: usize, style: Style) {
        if all > NAMED {
            self.say(3, style, &format!("and {} more", thousands((all - NAMED) as u64)));
        }
    }

    fn counts(&mut self, report: &ImportReport) {
        let nothing = report.files.is_empty() && report.pictures == 0 && !report.cancelled;
        let Some((before, after)) = report.counts.as_ref().filter(|_| !nothing) else { return };
        self.lines
            .push(Line::styled(format!(" {:<10}{:>14}{:>14}", "", "new", "in the cache"), self.screen.theme.muted()));
        for (name, count) in ROWS {
            let (before, after) = (count(before), count(after));
            let new = thousands(after.saturating_sub(before));
            self.lines.push(Line::raw(format!(" {name:<10}{new:>14}{:>14}", thousands(after))));
        }
        if report.self_retweets > 0 {
            let text = format!("{} of own posts: kept, but they link nobody", count(report.self_retweets, "retweet"));
            self.say(1, self.screen.theme.muted(), &text);
        }
        self.lines.push(Line::default());
    }

    fn what_next(&mut self, report: &ImportReport) {
        if report.files.is_empty() && !report.cancelled {
            return;
        }
        let (list, back) = (self.screen.key(Action::Imports), self.screen.key(Action::TakeBack));
        let text = format!("To take a file back: {list} lists the files, {back} takes the chosen one back. Tags stay.");
        self.say(1, self.screen.theme.muted(), &text);
    }
}

type CountOf = fn(&Counts) -> u64;

const ROWS: [(&str, CountOf); 5] = [
    ("accounts", |counts| counts.accounts),
    ("posts", |counts| counts.posts),
    ("retweets", |counts| counts.retweets),
    ("targets", |counts| counts.targets),
    ("pictures", |counts| counts.avatars),
];

fn count(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" })
}
