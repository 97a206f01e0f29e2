//! Real pictures are encoded by a thread of their own, in the order in which frames missed them. Until the terminal has
//! said that it shows them, which is never waited for, half blocks are drawn.

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, RecvError, bounded, never};

use super::connection::guarded;
use super::{Outbox, panic_for_test};
use crate::app::Message;
use crate::jobs::Queue;
use crate::term::{Inquiry, Reply, cell_size};
use crate::ui::{Abilities, ColorDepth, Encoded, Encoder, Graphics, PictureProtocol, Surroundings, Theme, Wish};

/// Encoded pictures that may wait to be taken in.
const WAITING: usize = 64;

/// What is known of the terminal, the pictures that are encoded for it, and the thread that encodes more; without that one
/// half blocks are drawn.
pub(super) struct Pictures {
    wanted: PictureProtocol,
    around: Surroundings,
    known: Abilities,
    /// The cell that the system knew of last.
    measured: Option<(u16, u16)>,
    outbox: Outbox,
    /// What the thread has made. It is given up before the thread is waited for, which makes no more for nobody then.
    encoded: Receiver<Encoded>,
    worker: Option<(Graphics, Queue<Wish>)>,
}

impl Pictures {
    /// Begins with half blocks, unless the user said otherwise. Who wants no colours gets shades.
    pub fn new(wanted: PictureProtocol, theme: &Theme, outbox: Outbox) -> Result<Self> {
        let around = Surroundings::read();
        let wanted = match wanted {
            _ if theme.in_lines => PictureProtocol::HalfBlocks,
            PictureProtocol::Auto if around.multiplexed || theme.colors() == ColorDepth::None => {
                PictureProtocol::HalfBlocks
            }
            wanted => wanted,
        };
        let measured = cell_size();
        let known = Abilities { cell: measured, ..Abilities::default() };
        let mut pictures = Self { wanted, around, known, measured, outbox, encoded: never(), worker: None };
        if wanted != PictureProtocol::Auto {
            pictures.begin()?;
        }
        Ok(pictures)
    }

    /// What to ask the terminal.
    pub fn inquiry(&self) -> Option<Inquiry> {
        match self.wanted {
            // Its replies would come as keys.
            _ if cfg!(not(unix)) => None,
            PictureProtocol::HalfBlocks => None,
            PictureProtocol::Auto => Some(Inquiry::Pictures { kitty: self.around.may_know_kitty() }),
            _ => Some(Inquiry::Cell),
        }
    }

    /// Takes in what the terminal said, however late and however often.
    pub fn hear(&mut self, reply: Reply) -> Result<()> {
        let before = self.known.clone();
        let is_last = matches!(reply, Reply::Attributes { .. });
        match reply {
            Reply::Kitty => self.known.kitty = true,
            Reply::Version(version) => self.known.version = Some(version),
            Reply::Cell(width, height) => self.known.cell = Some((width, height)),
            Reply::Attributes { sixel } => self.known.sixel = sixel,
        }
        let begins = match self.wanted {
            PictureProtocol::HalfBlocks => false,
            PictureProtocol::Auto if self.worker.is_none() => is_last,
            _ => self.known.cell != before.cell,
        };
        if begins { self.begin() } else { Ok(()) }
    }

    /// Begins anew with what is known now; what is still being encoded goes nowhere.
    fn begin(&mut self) -> Result<()> {
        let Some(encoder) = Encoder::new(self.wanted, &self.known, self.around) else { return Ok(()) };
        let (sender, encoded) = bounded(WAITING);
        let (outbox, mut is_wanted) = (self.outbox.clone(), true);
        let queue = Queue::spawn("encoder", move |wish| {
            is_wanted = is_wanted && sender.send(encode(&encoder, wish, &outbox)).is_ok();
        });
        // The one before ends at once now that nobody takes in what it makes.
        self.encoded = encoded;
        self.worker = Some((Graphics::default(), queue.context("cannot start the encoder")?));
        Ok(())
    }

    /// Has every picture encoded and given to the terminal again.
    pub fn forget(&mut self) {
        if let Some((graphics, _)) = &mut self.worker {
            graphics.forget();
        }
    }

    /// Takes in that the terminal has another size, and maybe letters of another size.
    pub fn resized(&mut self) -> Result<()> {
        let cell = cell_size();
        if cell.is_none() || std::mem::replace(&mut self.measured, cell) == cell || self.worker.is_none() {
            self.forget();
            return Ok(());
        }
        self.known.cell = cell;
        self.begin()
    }

    /// What drawing needs.
    pub fn graphics(&self) -> Option<&Graphics> {
        self.worker.as_ref().map(|(graphics, _)| graphics)
    }

    /// Has encoded what the last frame missed.
    pub fn ask(&self) {
        if let Some((graphics, queue)) = &self.worker {
            for wish in graphics.take_wishes() {
                // Without the thread half blocks stay.
                let _ = queue.submit(wish);
            }
        }
    }

    /// Where to wait for what is encoded.
    pub fn encoded(&self) -> &Receiver<Encoded> {
        &self.encoded
    }

    /// Takes in what was encoded, and what else is there.
    pub fn put(&mut self, encoded: Result<Encoded, RecvError>) {
        let (Ok(encoded), Some((graphics, _))) = (encoded, &mut self.worker) else {
            // The thread is gone: whoever waited for it further would wait for nothing, and not even wait.
            self.encoded = never();
            return;
        };
        graphics.put(encoded);
        while let Ok(more) = self.encoded.try_recv() {
            graphics.put(more);
        }
    }
}

/// A picture that brings the encoder down is drawn as half blocks, and said.
fn encode(encoder: &Encoder, wish: Wish, outbox: &Outbox) -> Encoded {
    let none = wish.given_up();
    let encoded = guarded(|| {
        panic_for_test("encoding");
        Ok(encoder.encode(wish))
    });
    encoded.unwrap_or_else(|reason| {
        // Never waited for: who would take it in may wait for this thread to end. The next picture says so again.
        drop(outbox.try_send(Message::Failed(reason)));
        none
    })
}
