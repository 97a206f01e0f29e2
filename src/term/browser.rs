//! Hands a link to the browser. The program itself makes no connection.

use std::io;
use std::process::{Command, Stdio};
use std::thread;

/// The system's own program that opens links.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// Starts the system's opener on `link`, without a shell and in a process group of its own, so that a key for this program
/// reaches no other. It is not waited for.
///
/// # Errors
/// Fails where the system has no such program.
pub fn open_link(link: &str) -> io::Result<()> {
    let mut command = Command::new(OPENER);
    command.arg(link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    // Somebody has to take note that it ended.
    thread::Builder::new().name("opener".to_owned()).spawn(move || drop(child.wait()))?;
    Ok(())
}
