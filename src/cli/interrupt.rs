//! Ctrl-C during long work: the first one asks it to stop, so that nothing is left half done; a second one ends the
//! program at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the user asked to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Watches from now on. Where the system has no such signal, or gives none, the program just ends.
    pub fn watch() -> Self {
        let interrupt = Self::default();
        #[cfg(unix)]
        {
            use signal_hook::consts::SIGINT;
            // In this order, so that only a second signal finds the flag set.
            let second = signal_hook::flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&interrupt.0));
            if second.is_ok() {
                let _ = signal_hook::flag::register(SIGINT, Arc::clone(&interrupt.0));
            }
        }
        interrupt
    }

    /// Whether the user asked to stop.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
