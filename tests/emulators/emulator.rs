//! A terminal emulator that runs the program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::Value;
use tempfile::TempDir;

use super::display::Display;
use super::pixels::{Part, Shot};
use super::tools::{PATIENCE, are_there, binary, output_of, text_of, wait_for};

const TITLE: &str = "bot-tui in a terminal";
/// Squares of a screenshot that change where a place is opened; a moved cursor changes some ten.
pub const A_PLACE: u32 = 60;

/// Which terminal emulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Xterm,
    Kitty,
    Alacritty,
}

impl Kind {
    fn program(self) -> &'static str {
        match self {
            Self::Xterm => "xterm",
            Self::Kitty => "kitty",
            Self::Alacritty => "alacritty",
        }
    }

    /// What lets it begin with 140 columns and 40 rows and run what follows.
    fn options(self) -> &'static [&'static str] {
        match self {
            // `vt340` is an xterm that shows sixels.
            Self::Xterm => &[
                "-ti",
                "vt340",
                "-u8",
                "-fa",
                "DejaVu Sans Mono",
                "-fs",
                "10",
                "-geometry",
                "140x40",
                "-T",
                TITLE,
                "-e",
            ],
            Self::Kitty => &[
                "--config=NONE",
                "--override=remember_window_size=no",
                "--override=initial_window_width=140c",
                "--override=initial_window_height=40c",
                "--override=font_size=10",
                "--override=cursor_blink_interval=0",
                "--override=update_check_interval=0",
                "--title",
                TITLE,
            ],
            Self::Alacritty => &[
                "-o",
                "window.dimensions.columns=140",
                "-o",
                "window.dimensions.lines=40",
                "-o",
                "font.size=10",
                "-o",
                "window.dynamic_title=false",
                "-t",
                TITLE,
                "-e",
            ],
        }
    }
}

/// The program in a terminal emulator, and what was last seen of it.
pub struct Emulator {
    kind: Kind,
    folder: TempDir,
    display: Display,
    children: Vec<Child>,
    window: String,
    pub seen: Shot,
}

impl Emulator {
    /// Imports `data` into a cache and opens that; `None` where a tool is missing.
    pub fn open(kind: Kind, data: &Path) -> Option<Self> {
        if !are_there(&["Xvfb", "openbox", "xdotool", "import", "xclip", "xterm", kind.program()]) {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path();
        let imported =
            Command::new(binary()).args(["--cache", "cache.db", "import"]).arg(data).current_dir(home).output();
        assert!(imported.unwrap().status.success());
        // What the program says at its end is not on the screen any more when somebody looks.
        let run = "\"$0\" --cache cache.db --log 2>error; echo $? >code.part; mv code.part code";
        let display = Display::start(home);
        let child = display
            .command(home, kind.program())
            .args(kind.options())
            .args(["sh", "-c", run])
            .arg(binary())
            .current_dir(home)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut emulator =
            Self { kind, folder, display, children: vec![child], window: String::new(), seen: Shot::nothing() };
        emulator.window = emulator.window_named(TITLE);
        emulator.come_to(&emulator.window.clone());
        emulator.wait("the list and its links", |one| one.log().contains("message Listed").then_some(()));
        emulator.see_still("the start");
        Some(emulator)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `program` on the display of this terminal.
    pub fn command(&self, program: &str) -> Command {
        self.display.command(self.folder.path(), program)
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        text_of(self.command("xdotool").args(arguments))
    }

    /// The window with this title, where it is seen.
    fn visible(&self, title: &str) -> Option<String> {
        let found = self.xdotool(&["search", "--onlyvisible", "--name", title]);
        found.lines().next().map(str::to_owned)
    }

    fn window_named(&self, title: &str) -> String {
        self.wait(title, |one| one.visible(title))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.path("state/bot-tui/log.txt")).unwrap_or_default()
    }

    /// Whether the program, or the terminal around it, has ended.
    fn has_ended(&self) -> bool {
        let is_dead = |child: &Child| {
            let state = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap_or_default();
            state.contains(") Z ") || state.is_empty()
        };
        self.path("code").exists() || self.children.first().is_some_and(is_dead)
    }

    /// Waits for something that the program or the display do; stops at once where one of them has ended.
    pub fn wait<T>(&self, what: &str, mut found: impl FnMut(&Self) -> Option<T>) -> T {
        let result = wait_for(PATIENCE, || match found(self) {
            Some(something) => Some(Some(something)),
            None => self.has_ended().then_some(None),
        });
        result.flatten().unwrap_or_else(|| self.give_up(what))
    }

    fn give_up(&self, what: &str) -> ! {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{:?}-failed.png", self.kind));
        self.take_shot().as_ref().unwrap_or(&self.seen).save(&path);
        let [code, error] = ["code", "error"].map(|name| fs::read_to_string(self.path(name)).unwrap_or_default());
        let log = self.log();
        let last: Vec<&str> = log.lines().rev().take(8).collect();
        panic!(
            "{:?}: {what}: not so. Exit code {code:?}, {error:?}; last in the log {last:#?}; {}",
            self.kind,
            path.display()
        )
    }

    fn take_shot(&self) -> Option<Shot> {
        Shot::read(&output_of(self.command("import").args(["-silent", "-window", &self.window, "bmp3:-"])))
    }

    /// Waits until the window shows what `wanted` wants beside what was seen last, and remembers it.
    pub fn see(&mut self, what: &str, wanted: impl Fn(&Shot, &Shot) -> bool) {
        let found = self.wait(what, |one| one.take_shot().filter(|shot| !shot.is_blank() && wanted(shot, &one.seen)));
        self.seen = found;
    }

    /// Waits until the window shows the same twice.
    pub fn see_still(&mut self, what: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            if Instant::now() > end {
                self.give_up(&format!("{what}, still"));
            }
            self.see(what, |_, _| true);
            let again = self.wait(what, Self::take_shot);
            let still = again.changed(&self.seen) == 0;
            self.seen = again;
            if still {
                return;
            }
        }
    }

    /// Waits until at least `squares` of the window changed, and it is still.
    pub fn see_change(&mut self, what: &str, squares: u32) {
        self.see(what, |now, before| now.changed(before) >= squares);
        self.see_still(what);
    }

    /// Waits until pictures are drawn in `part`.
    pub fn see_pictures(&mut self, what: &str, part: Part, squares: u32, colors: usize) {
        self.see(what, |now, _| {
            let found = now.pictures(part);
            found.0 >= squares && found.1 >= colors
        });
    }

    /// Presses a key and waits until the program took it for `action`.
    pub fn press(&self, key: &str, action: &str) {
        let line = format!("  action {action}\n");
        let before = self.log().matches(&line).count();
        self.xdotool(&["key", key]);
        self.wait(&format!("{key} for {action}"), |one| (one.log().matches(&line).count() > before).then_some(()));
    }

    pub fn type_text(&self, text: &str) {
        self.xdotool(&["type", "--delay", "8", text]);
    }

    /// Presses a key that no action belongs to.
    pub fn key(&self, key: &str) {
        self.xdotool(&["key", key]);
    }

    /// Clicks at a place, in percent of width and height.
    pub fn click(&self, across: u32, down: u32) {
        let (width, height) = self.seen.size();
        let [x, y] = [width * across / 100, height * down / 100].map(|pixels| pixels.to_string());
        self.xdotool(&["mousemove", "--window", &self.window, &x, &y, "click", "1"]);
    }

    pub fn resize(&mut self, width: u32, height: u32) {
        let before = self.seen.size();
        self.xdotool(&["windowsize", &self.window, &width.to_string(), &height.to_string()]);
        // All of the new size is drawn: the header to its right end, and the hints at the bottom.
        self.see("another size", |now, _| now.size() != before);
        let right = Part { left: 92, ..super::pixels::ALL };
        let bottom = Part { top: 92, right: 60, ..super::pixels::ALL };
        self.see("all of it drawn", |now, _| now.ink(right) > 0.005 && now.ink(bottom) > 0.01);
        self.see_still("the new size");
    }

    fn come_to(&self, window: &str) {
        self.wait("the window comes to the front", |one| {
            one.xdotool(&["windowactivate", window]);
            (one.xdotool(&["getactivewindow"]) == window && one.xdotool(&["getwindowfocus"]) == window).then_some(())
        });
    }

    /// Goes to another window and comes back, `times` over; each time the program still takes a key.
    pub fn leave_and_come_back(&mut self, times: usize) {
        let mut other = self.command("xterm");
        other.args(["-T", "elsewhere", "-geometry", "20x4", "-e", "cat"]).stderr(Stdio::null());
        self.children.push(other.spawn().unwrap());
        let other = self.window_named("elsewhere");
        for time in 0..times {
            self.come_to(&other);
            self.come_to(&self.window.clone());
            if time % 2 == 0 { self.press("j", "Down") } else { self.press("k", "Up") }
        }
        let elsewhere = self.children.pop();
        elsewhere.into_iter().for_each(end);
        self.come_to(&self.window.clone());
    }

    /// Pastes what another program offers as selected.
    pub fn paste(&mut self, text: &str) {
        let file = self.path("pasted");
        fs::write(&file, text).unwrap();
        let mut clip = self.command("xclip");
        let clip = clip.args(["-quiet", "-selection", "primary", "-i"]).arg(&file);
        self.children.push(clip.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        self.wait("what is pasted", |one| {
            let offered = output_of(one.command("xclip").args(["-selection", "primary", "-o"]));
            (offered.len() == text.len()).then_some(())
        });
        self.key("shift+Insert");
    }

    /// Quits and gives the exit code.
    pub fn quit(&self) -> String {
        self.key("q");
        let code = wait_for(PATIENCE, || fs::read_to_string(self.path("code")).ok());
        code.unwrap_or_else(|| self.give_up("the end")).trim().to_owned()
    }

    /// What a command of the program says of the cache, as JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let mut command = Command::new(binary());
        let command = command.args(["--cache", "cache.db"]).args(arguments).current_dir(self.folder.path());
        serde_json::from_slice(&output_of(command)).unwrap()
    }
}

fn end(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.children.drain(..).for_each(end);
    }
}
