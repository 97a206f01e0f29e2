//! The screen line by line, for those who hear it: what is new since the last key, in words and without boxes. It is made
//! of the same drawing as the screen, so that every place has it.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

use super::{Screen, draw};
use crate::app::{Pane, Place, State};

/// The size of the page that lines are read from: one pane at a time, and more rows than anybody listens to.
const PAGE: (u16, u16) = (110, 60);
/// Signs before a row, and what they say.
const SIGNS: [(char, &str); 4] = [('✓', "marked"), ('◆', "suspected-bot"), ('○', "likely-human"), ('?', "unsure")];

/// Remembers what was said.
#[derive(Debug, Default)]
pub struct Linear {
    before: Vec<String>,
    at: Option<(Place, Pane)>,
}

impl Linear {
    /// The size of the page, to be measured in place of the terminal's.
    #[must_use]
    pub fn size() -> Size {
        Size::new(PAGE.0, PAGE.1)
    }

    /// Says all of the page with the next key.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// What is new. Where one has come to another place, all that stands there; in a list the title, the row that is chosen
    /// and the line below; in what is only scrolled, every line that was not there before.
    pub fn tell(&mut self, state: &State, screen: &Screen<'_>) -> Vec<String> {
        let page = page(state, screen);
        let at = Some((state.place_below(), state.focus));
        let is_new = |line: &&String| !self.before.contains(line);
        let last = page.len().saturating_sub(HINTS + 1);
        let is_scrolled = state.stack.has(Place::Report) || state.help().is_some();
        let news: Vec<&String> = if at != self.at {
            page.iter().take(last + 1).collect()
        } else if is_scrolled {
            // The line at the top tells the progress of work, which is not news at every percent.
            page.iter().skip(1).take(last).filter(is_new).collect()
        } else {
            // Only titles begin at the very left; the first one tells how many rows there are.
            let title = page.iter().find(|line| line.starts_with(|c: char| !c.is_whitespace()));
            let rows = page.iter().filter(|line| line.trim_start().starts_with('▸'));
            title.into_iter().chain(rows).chain(page.get(last)).filter(is_new).collect()
        };
        let spoken = news.into_iter().map(|line| in_words(line)).filter(|line| !line.is_empty()).collect();
        self.before = page;
        self.at = at;
        spoken
    }
}

/// Lines of hints at the end of the page, which only the help says.
const HINTS: usize = 2;

/// The page as it would be drawn.
fn page(state: &State, screen: &Screen<'_>) -> Vec<String> {
    let Ok(mut terminal) = Terminal::new(TestBackend::new(PAGE.0, PAGE.1));
    let Ok(frame) = terminal.draw(|frame| draw(frame, state, screen));
    let row = |y| (0..PAGE.0).map(|x| frame.buffer[(x, y)].symbol()).collect::<String>();
    (0..PAGE.1).map(|y| row(y).trim_end().to_owned()).collect()
}

fn is_sign(character: char) -> bool {
    SIGNS.iter().any(|&(sign, _)| sign == character)
}

/// A line without what only the eye needs: columns become commas, signs become words, rules fall away.
fn in_words(line: &str) -> String {
    let line = line.trim();
    let rest = line.trim_start_matches(|c: char| c == ' ' || c == '▸' || c == '·' || c == '┆' || is_sign(c));
    let signs = &line[..line.len() - rest.len()];
    let said = SIGNS.iter().filter(|(sign, _)| signs.contains(*sign));
    let mut words: Vec<String> = said.map(|(_, word)| (*word).to_owned()).collect();
    let is_drawn = |c: char| matches!(c, '\u{2500}'..='\u{259f}');
    let columns = rest.split("  ").map(str::trim).filter(|column| !column.chars().all(is_drawn));
    words.extend(columns.map(|column| column.trim_matches(is_drawn).trim().to_owned()));
    // A sign that stands beside its word says it once.
    words.dedup();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::{ColorDepth, Theme, measure};
    use super::*;
    use crate::app::Action;
    use crate::app::rehearsal::Rehearsal;
    use crate::keys::KeyMap;

    fn tell(linear: &mut Linear, session: &mut Rehearsal) -> Vec<String> {
        let keys = KeyMap::load(None).unwrap();
        let screen = Screen { keys: &keys, theme: &Theme::new(ColorDepth::None).in_lines(), graphics: None };
        session.resize(|state| measure(Linear::size(), state, &screen));
        linear.tell(&session.state, &screen)
    }

    #[test]
    fn a_movement_says_the_row_and_an_action_what_it_did() {
        let (mut linear, mut session) = (Linear::default(), Rehearsal::new());
        let first = tell(&mut linear, &mut session);
        assert!(first.iter().any(|line| line == "1 Accounts ─ 20"), "{first:#?}");
        assert!(first.iter().any(|line| line == "@lamp_01, Lamp, 11"), "{first:#?}");
        assert!(tell(&mut linear, &mut session).is_empty(), "nothing is said twice");
        session.act(&[Action::Down]);
        assert_eq!(tell(&mut linear, &mut session), ["@lamp_02, Lamp, 11"]);
        session.act(&[Action::TagSuspectedBot]);
        assert_eq!(
            tell(&mut linear, &mut session),
            ["suspected-bot, @lamp_02, Lamp, 11", "Tagged suspected-bot: @lamp_02 · u undo"]
        );
        session.act(&[Action::Mark, Action::Up]);
        let marked = tell(&mut linear, &mut session);
        assert!(marked[0].starts_with("marked, suspected-bot, @lamp_02"), "{marked:?}");
    }

    #[test]
    fn every_place_is_said_without_boxes() {
        for action in [
            Action::OpenNeighbours,
            Action::FocusWhy,
            Action::FocusTags,
            Action::Clusters,
            Action::Audit,
            Action::Signals,
            Action::Parameters,
            Action::Imports,
            Action::Help,
            Action::Palette,
            Action::Search,
        ] {
            let (mut linear, mut session) = (Linear::default(), Rehearsal::crowded());
            tell(&mut linear, &mut session);
            session.act(&[action]);
            let said = tell(&mut linear, &mut session);
            assert!(!said.is_empty(), "{}", action.word());
            for line in &said {
                assert!(!line.contains(['│', '╭', '╰', '┃', '┏', '▀']), "{} {line}", action.word());
            }
        }
    }

    #[test]
    fn what_is_typed_is_said_with_what_it_finds() {
        let (mut linear, mut session) = (Linear::default(), Rehearsal::new());
        session.act(&[Action::Search]);
        tell(&mut linear, &mut session);
        session.type_text("harbour");
        let said = tell(&mut linear, &mut session);
        assert!(said.iter().any(|line| line.starts_with("@harbour_bread")), "{said:?}");
        assert!(said.iter().any(|line| line == "search: harbour"), "{said:?}");
    }
}
