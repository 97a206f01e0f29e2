//! One target for every format of the list, and for what else reads files: `BOT_TUI_FUZZ` names which.

#![no_main]

use std::sync::LazyLock;

static NAME: LazyLock<String> = LazyLock::new(|| {
    let known = bot_tui::import::fuzz_names();
    let named = std::env::var("BOT_TUI_FUZZ").unwrap_or_default();
    assert!(known.contains(&named.as_str()), "set BOT_TUI_FUZZ to one of {}", known.join(", "));
    named
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert_eq!(bot_tui::import::fuzz_format(&NAME, bytes), Ok(())));
