//! Takes in what the terminal and the workers send, and tells the log.

use std::io;

use crossterm::event::{MouseButton, MouseEventKind};
use ratatui::layout::Size;

use super::Look;
use super::journal::Journal;
use crate::app::{Effect, Gesture, Job, Message, Place, State, update};
use crate::keys::Key;
use crate::system::now;
use crate::term::{Input, Repaint, TerminalGuard};
use crate::ui;

/// What every turn needs at hand.
pub(super) struct Desk<'a> {
    pub look: &'a Look,
    journal: Journal,
    /// The size of the last frame.
    pub size: Size,
    /// Whether all of the next frame is to be drawn, and how.
    pub repaint: Option<Repaint>,
    /// What was said, where the screen is heard.
    pub linear: Option<ui::Linear>,
}

impl<'a> Desk<'a> {
    pub fn new(look: &'a Look, journal: Journal) -> Self {
        let linear = look.theme.in_lines.then(ui::Linear::default);
        Self { look, journal, size: Size::default(), repaint: None, linear }
    }

    /// Draws a frame, or says what is new.
    pub fn show(&mut self, guard: &mut TerminalGuard, state: &State, screen: &ui::Screen<'_>) -> io::Result<()> {
        let repaint = self.repaint.take();
        if let Some(linear) = &mut self.linear {
            if repaint.is_some() {
                linear.forget();
            }
            let lines = linear.tell(state, screen);
            return guard.write_lines(&lines);
        }
        if let Some(repaint) = repaint {
            guard.repaint(repaint)?;
        }
        guard.terminal.draw(|frame| ui::draw(frame, state, screen)).map(drop)
    }

    /// Takes in what a worker sent.
    pub fn receive(&mut self, state: &mut State, message: Message) -> Vec<Effect> {
        match &message {
            Message::Made { job: Job::Of(place), .. } => self.journal.kind("made", place),
            Message::Made { job, .. } => self.journal.kind("made", job),
            Message::Advanced { job: Job::Of(place), .. } => self.journal.kind("advanced", place),
            Message::Advanced { job, .. } => self.journal.kind("advanced", job),
            other => self.journal.kind("message", other),
        }
        update::receive(state, message)
    }

    /// Takes in what the user did.
    pub fn take_input(&mut self, state: &mut State, input: Input) -> Vec<Effect> {
        match input {
            Input::Terminate => {
                self.journal.note("asked to end");
                vec![Effect::Quit]
            }
            // A reply is for who asked.
            Input::Resize | Input::Reply(_) => Vec::new(),
            Input::Focus => {
                self.repaint = self.repaint.max(Some(Repaint::Over));
                Vec::new()
            }
            Input::Paste(_) if update::unseen(state, None) => Vec::new(),
            // What was pressed before is let go.
            Input::Mouse(kind, _) if !matches!(kind, MouseEventKind::Up(_)) && update::unseen(state, None) => {
                Vec::new()
            }
            Input::Paste(text) => update::paste(state, &text),
            Input::Key(event) => self.press(state, event.into()),
            Input::Mouse(kind, at) => self.point(state, kind, at),
        }
    }

    fn press(&mut self, state: &mut State, key: Key) -> Vec<Effect> {
        // Whatever place lies hidden, who sees nothing of it can leave.
        let place = if state.viewport.drawn { state.place() } else { Place::Everywhere };
        let action = self.look.keys.action(place, key);
        if update::unseen(state, action) {
            return Vec::new();
        }
        if let Some(action) = action {
            self.journal.kind("action", &action);
            return update::act(state, action, now());
        }
        match key.typed() {
            Some(character) if state.entry.is_some() => update::type_text(state, character.encode_utf8(&mut [0; 4])),
            Some(character) => {
                update::digit(state, character);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn point(&mut self, state: &mut State, kind: MouseEventKind, at: (u16, u16)) -> Vec<Effect> {
        let across = u32::from(at.0) * 100 / u32::from(self.size.width.max(1));
        let gesture = match kind {
            MouseEventKind::Down(MouseButton::Left) => Gesture::Press,
            MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag(u16::try_from(across).unwrap_or(100)),
            MouseEventKind::Up(MouseButton::Left) => Gesture::Release,
            MouseEventKind::ScrollDown => Gesture::Wheel { down: true },
            MouseEventKind::ScrollUp => Gesture::Wheel { down: false },
            _ => return Vec::new(),
        };
        let screen = ui::Screen { keys: &self.look.keys, theme: &self.look.theme, graphics: None };
        let hit = ui::hit(self.size, at, state, &screen);
        update::point(state, gesture, hit, now())
    }
}
