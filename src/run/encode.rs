//! Real pictures are encoded by a thread of their own, in the order in which frames missed them.

use anyhow::{Context, Result};
use crossbeam_channel::{Receiver, bounded, never};

use crate::jobs::Queue;
use crate::ui::{ColorDepth, Encoded, Encoder, Graphics, PictureProtocol, Theme, Wish};

/// Encoded pictures that may wait to be taken in.
const WAITING: usize = 64;

/// The pictures that are encoded, and the thread that encodes more; nothing where half blocks are drawn.
pub(super) struct Pictures {
    worker: Option<(Graphics, Queue<Wish>)>,
    /// What the thread has made.
    pub encoded: Receiver<Encoded>,
}

impl Pictures {
    /// Asks the terminal what it can show, unless the user said it. Who wants no colours gets shades.
    pub fn detect(wanted: PictureProtocol, theme: &Theme) -> Result<Self> {
        let wanted = match wanted {
            PictureProtocol::Auto if theme.colors() == ColorDepth::None => PictureProtocol::HalfBlocks,
            wanted => wanted,
        };
        let Some(encoder) = Encoder::detect(wanted) else { return Ok(Self { worker: None, encoded: never() }) };
        let (sender, encoded) = bounded(WAITING);
        let queue = Queue::spawn("encoder", move |wish| drop(sender.send(encoder.encode(wish))));
        Ok(Self { worker: Some((Graphics::default(), queue.context("cannot start the encoder")?)), encoded })
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

    /// Takes in what was encoded, and what else is there.
    pub fn put(&mut self, encoded: Encoded) {
        let Some((graphics, _)) = &mut self.worker else { return };
        graphics.put(encoded);
        while let Ok(more) = self.encoded.try_recv() {
            graphics.put(more);
        }
    }
}
