#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert_eq!(bot_tui::import::fuzz_format("native", bytes), Ok(())));
