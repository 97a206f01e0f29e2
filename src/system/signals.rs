//! Signals that ask the program to end or to stop what it does. One thread hears them all: what ends the program first
//! removes its temporary files.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Whether the user asked to stop.
static ASKED: AtomicBool = AtomicBool::new(false);
/// How many pieces of work stop when they are asked to.
static LISTENING: AtomicUsize = AtomicUsize::new(0);
/// Whether somebody else ends the program when a signal asks for it.
static LEFT: AtomicBool = AtomicBool::new(false);

/// Bytes of the thread's stack: it calls next to nothing, and may run where memory is short.
#[cfg(unix)]
const STACK: usize = 128 << 10;

/// Work that stops when the user asks for it by Ctrl-C, so that nothing is left half done; who asks a second time ends the
/// program at once.
#[derive(Debug)]
pub struct Interrupt(());

impl Interrupt {
    /// Listens until it is dropped.
    #[must_use]
    pub fn watch() -> Self {
        LISTENING.fetch_add(1, Ordering::SeqCst);
        Self(())
    }

    /// Whether the user asked to stop.
    #[must_use]
    pub fn is_set(&self) -> bool {
        ASKED.load(Ordering::Relaxed)
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        LISTENING.fetch_sub(1, Ordering::SeqCst);
    }
}

/// From now on signals to end are somebody else's, who ends the program in good order.
pub fn leave_signals_to_others() {
    LEFT.store(true, Ordering::SeqCst);
}

/// Ends the program when a signal asks for it, as it would end by itself, but without its temporary files. Signals that
/// whoever started the program wants to be ignored stay so, as under `nohup`. `keys` are those that a terminal sends too.
///
/// # Errors
/// Fails where the system gives no thread or no signal handler; signals then end the program as ever.
#[cfg(unix)]
pub fn end_on_signals(keys: bool) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    let mut wanted = vec![SIGHUP, SIGTERM];
    if keys {
        wanted.extend([SIGINT, SIGQUIT]);
    }
    let ignored = ignored();
    wanted.retain(|signal| ignored >> (signal - 1) & 1 == 0);
    let mut signals = signal_hook::iterator::Signals::new(wanted)?;
    std::thread::Builder::new().name("signals".to_owned()).stack_size(STACK).spawn(move || {
        for signal in signals.forever() {
            if LEFT.load(Ordering::SeqCst) {
                continue;
            }
            let stops = signal == SIGINT && LISTENING.load(Ordering::SeqCst) > 0;
            if stops && !ASKED.swap(true, Ordering::SeqCst) {
                continue;
            }
            let _none_from_now_on = super::temporary::remove_all();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems' version can fail")]
pub fn end_on_signals(_: bool) -> io::Result<()> {
    Ok(())
}

/// The signals that are ignored, a bit each from 1 on; none where the system does not say.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
