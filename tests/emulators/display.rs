//! A display of its own, with a window manager.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running X server that shows nothing to anybody.
pub struct Display {
    name: String,
    server: Child,
    manager: Child,
}

impl Display {
    /// Starts one, under a number that is free. What programs on it keep lies in `home`.
    pub fn start(home: &Path) -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut number).unwrap();
        let name = format!(":{}", number.trim());
        let manager = on(&name, home, "openbox").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Self { name, server, manager }
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
        for child in [&mut self.manager, &mut self.server] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
