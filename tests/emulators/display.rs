//! A display of its own, with a window manager.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::tools::{PATIENCE, output_of, wait_for};

/// How many servers were started.
static STARTED: AtomicU32 = AtomicU32::new(0);

/// A running X server that shows nothing to anybody.
pub struct Display {
    name: String,
    server: Child,
    manager: Child,
}

impl Display {
    /// Starts one, under a number of its own. What programs on it keep lies in `home`.
    pub fn start(home: &Path) -> Self {
        // Two that look for a free number at once may both find the same one.
        let process = std::process::id() % 300;
        let name = format!(":{}", 300 + 40 * process + STARTED.fetch_add(1, Ordering::Relaxed) % 40);
        let mut server = Command::new("Xvfb")
            .arg(&name)
            // Without `-noreset` a server begins anew when its last client leaves, be it a tool that only looked, and throws
            // out those that are just coming.
            .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut ready).unwrap();
        let manager = on(&name, home, "openbox").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let display = Self { name, server, manager };
        let managed = || !output_of(display.command(home, "xdotool").arg("get_num_desktops")).is_empty();
        assert!(wait_for(PATIENCE, || managed().then_some(())).is_some(), "no window manager on {}", display.name);
        display
    }

    /// `program`, to be run on this display.
    pub fn command(&self, home: &Path, program: &str) -> Command {
        on(&self.name, home, program)
    }
}

fn on(display: &str, home: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("DISPLAY", display).env("HOME", home).env("LC_ALL", "C.UTF-8").env("LIBGL_ALWAYS_SOFTWARE", "1");
    for folder in ["config", "data", "state", "cache"] {
        command.env(format!("XDG_{}_HOME", folder.to_uppercase()), home.join(folder));
    }
    for name in ["WAYLAND_DISPLAY", "NO_COLOR", "BOT_TUI_CACHE", "BOT_TUI_PICTURES", "TMUX"] {
        command.env_remove(name);
    }
    command
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.manager.kill();
        let _ = self.manager.wait();
        // One that is asked to end leaves no lock behind.
        let _ = Command::new("kill").arg(self.server.id().to_string()).status();
        if wait_for(PATIENCE / 6, || self.server.try_wait().ok().flatten()).is_none() {
            let _ = self.server.kill();
            let _ = self.server.wait();
        }
    }
}
