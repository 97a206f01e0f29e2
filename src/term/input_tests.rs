//! What is read from the terminal, torn and mixed in every way.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyModifiers, MouseButton};
use proptest::prelude::*;

use super::super::split::{Piece, Splitter};
use super::system::meaning;
use super::*;

#[test]
fn a_reader_that_panics_ends_the_program_though_signals_still_come() {
    let (sender, inputs) = bounded(1);
    let _signals = sender.clone();
    spawn_reader(sender, |_| panic!("on purpose")).unwrap();
    assert_eq!(inputs.recv_timeout(Duration::from_secs(60)), Ok(Input::Terminate));
}

fn inputs(pieces: Vec<Piece>) -> Vec<Input> {
    pieces.into_iter().filter_map(meaning).collect()
}

/// What is read where the bytes come in these pieces, and then nothing more.
fn read(pieces: &[&[u8]]) -> Vec<Input> {
    let mut splitter = Splitter::default();
    let mut read: Vec<Input> = pieces.iter().flat_map(|piece| inputs(splitter.feed(piece))).collect();
    read.extend(inputs(splitter.rest()));
    assert_eq!(splitter.patience(), None);
    read
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Key(KeyEvent::new(code, modifiers))
}

fn plain(code: KeyCode) -> Input {
    key(code, KeyModifiers::NONE)
}

/// Keys and the like, each with what it means.
fn known() -> Vec<(&'static [u8], Input)> {
    let (alt, control, shift) = (KeyModifiers::ALT, KeyModifiers::CONTROL, KeyModifiers::SHIFT);
    vec![
        (b"j", plain(KeyCode::Char('j'))),
        (b"G", key(KeyCode::Char('G'), shift)),
        (b"\r", plain(KeyCode::Enter)),
        (b"\t", plain(KeyCode::Tab)),
        (b"\x7f", plain(KeyCode::Backspace)),
        (b"\x0c", key(KeyCode::Char('l'), control)),
        (b"\0", key(KeyCode::Char(' '), control)),
        ("گ".as_bytes(), plain(KeyCode::Char('گ'))),
        ("日".as_bytes(), plain(KeyCode::Char('日'))),
        ("🚀".as_bytes(), plain(KeyCode::Char('🚀'))),
        (b"\x1by", key(KeyCode::Char('y'), alt)),
        ("\x1bä".as_bytes(), key(KeyCode::Char('ä'), alt)),
        (b"\x1b[A", plain(KeyCode::Up)),
        (b"\x1bOB", plain(KeyCode::Down)),
        (b"\x1b[1;5C", key(KeyCode::Right, control)),
        (b"\x1b[Z", key(KeyCode::BackTab, shift)),
        (b"\x1b[3~", plain(KeyCode::Delete)),
        (b"\x1b[6~", plain(KeyCode::PageDown)),
        (b"\x1bOR", plain(KeyCode::F(3))),
        (b"\x1b[1;2R", key(KeyCode::F(3), shift)),
        (b"\x1b[24~", plain(KeyCode::F(12))),
        (b"\x1b[[A", plain(KeyCode::F(1))),
        (b"\x1b[I", Input::Focus),
        (b"\x1b[<0;11;9M", Input::Mouse(MouseEventKind::Down(MouseButton::Left), (10, 8))),
        (b"\x1b[<0;11;9m", Input::Mouse(MouseEventKind::Up(MouseButton::Left), (10, 8))),
        (b"\x1b[<65;1;1M", Input::Mouse(MouseEventKind::ScrollDown, (0, 0))),
        (b"\x1b[M +)", Input::Mouse(MouseEventKind::Down(MouseButton::Left), (10, 8))),
        (b"\x1b[200~bq\x1b_Gi=31;OK\x1b\\\r\x1b[201~", Input::Paste("bq\x1b_Gi=31;OK\x1b\\\r".to_owned())),
        (b"\x1b[200~\x1b[201~", Input::Paste(String::new())),
        (b"\x1b_Gi=31;OK\x1b\\", Input::Reply(Reply::Kitty)),
        (b"\x1bP>|kitty(0.26.5)\x1b\\", Input::Reply(Reply::Version("kitty(0.26.5)".to_owned()))),
        (b"\x1b[6;20;10t", Input::Reply(Reply::Cell(10, 20))),
        (b"\x1b[?62;4c", Input::Reply(Reply::Attributes { sixel: true })),
    ]
}

/// What replies to no inquiry of ours, and calls nothing.
const NOTHING: [&[u8]; 14] = [
    b"\x1b[O",
    b"\x1b[24;80R",
    b"\x1b[0n",
    b"\x1b[>41;0;0c",
    b"\x1b[?1u",
    b"\x1b[?2026;2$y",
    b"\x1b[4;800;600t",
    b"\x1b]11;rgb:0000/0000/0000\x07",
    b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b_Gi=31;ENOTSUPPORTED:bq\x1b\\",
    b"\x1bXbq\x1b\\",
    b"\x1b[<0;0;0M",
    b"\x1b[201~",
];

#[test]
fn every_key_and_every_reply_is_told_from_the_others() {
    for (bytes, input) in known() {
        assert_eq!(read(&[bytes]), [input], "{:?}", String::from_utf8_lossy(bytes));
    }
    for bytes in NOTHING {
        assert_eq!(read(&[bytes, b"j"]), [plain(KeyCode::Char('j'))], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn the_escape_key_is_told_by_the_silence_behind_it() {
    let mut splitter = Splitter::default();
    assert!(splitter.feed(b"\x1b").is_empty());
    assert!(splitter.patience().is_some_and(|patience| patience <= Duration::from_millis(50)));
    assert_eq!(inputs(splitter.rest()), [plain(KeyCode::Esc)]);
    assert_eq!(read(&[b"\x1b\x1b"]), [plain(KeyCode::Esc), plain(KeyCode::Esc)]);
    assert_eq!(read(&[b"\x1b\x1b[A"]), [plain(KeyCode::Esc), plain(KeyCode::Up)]);
}

#[test]
fn alt_with_what_begins_a_sequence_is_a_key() {
    for character in ['[', 'O', 'P', 'X', ']', '^', '_'] {
        let shift = if character.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
        let alt = key(KeyCode::Char(character), KeyModifiers::ALT | shift);
        let pressed = format!("\x1b{character}");
        assert_eq!(read(&[pressed.as_bytes(), b"\r"]), [alt.clone(), plain(KeyCode::Enter)]);
        assert_eq!(read(&[pressed.as_bytes()]), [alt]);
    }
}

#[test]
fn a_reply_without_an_end_takes_no_key_with_it() {
    for begun in ["\x1b_Gi=31", "\x1bP>|kit", "\x1b]11;rgb:", "\x1b[?62;", "\x1b[6;20", "\x1b[<0;1"] {
        let begun = begun.as_bytes();
        let mut splitter = Splitter::default();
        assert!(splitter.feed(begun).is_empty());
        assert!(splitter.rest().is_empty());
        assert_eq!(inputs(splitter.feed(b"j")), [plain(KeyCode::Char('j'))]);
        for next in [b"\r".as_slice(), b"\x1b[A", b"\x1b[I", b"\x0c"] {
            assert_eq!(read(&[begun, next]), read(&[next]));
        }
    }
}

#[test]
fn broken_text_and_endless_sequences_leave_what_follows() {
    for broken in
        [b"\x80".as_slice(), b"\xff", b"\xc3", b"\xe6\x97", b"\xf0\x9f\x9a", b"\xed\xa0\x80", b"\x1b\x80\x1b[5"]
    {
        let read = read(&[broken, b"\rj"]);
        assert!(read.ends_with(&[plain(KeyCode::Enter), plain(KeyCode::Char('j'))]), "{broken:?} {read:?}");
    }
    let endless = [b"\x1b[".as_slice(), &[b'7'; 100_000], b"m", b"\x1bP", &[b'q'; 100_000], b"\x1b\\j"];
    assert_eq!(read(&endless), [plain(KeyCode::Char('j'))]);
}

#[test]
fn a_megabyte_is_pasted_whole_however_it_comes() {
    let text = "lamp گل bq\x1b[A".repeat(80_000);
    let sent = format!("\x1b[200~{text}\x1b[201~j");
    for piece in [1, 4_096] {
        let mut splitter = Splitter::default();
        let read: Vec<Input> = sent.as_bytes().chunks(piece).flat_map(|piece| inputs(splitter.feed(piece))).collect();
        assert_eq!(read, [Input::Paste(text.clone()), plain(KeyCode::Char('j'))]);
    }
}

#[test]
fn a_paste_without_an_end_is_ended_by_the_escape_key_or_ctrl_c() {
    for end in [b"\x1b".as_slice(), b"\x03"] {
        let mut splitter = Splitter::default();
        assert!(splitter.feed(b"\x1b[200~lamp bq").is_empty());
        assert!(splitter.patience().is_none() && splitter.rest().is_empty());
        assert!(splitter.feed(end).is_empty());
        assert!(splitter.patience().is_some());
        assert_eq!(inputs(splitter.rest()), [Input::Paste("lamp bq".to_owned())]);
        assert_eq!(inputs(splitter.feed(b"j")), [plain(KeyCode::Char('j'))]);
        if end == b"\x1b" {
            assert!(splitter.feed(b"\x1b[200~lamp\x1b").is_empty());
            assert_eq!(inputs(splitter.rest()), [Input::Paste("lamp".to_owned())]);
            assert_eq!(
                inputs(splitter.feed(b"[201~j")),
                [plain(KeyCode::Char('j'))],
                "it was the beginning of the end"
            );
        }
        let sent = [b"\x1b[200~lamp ", end, b"[A bq", b"\x1b[201~"];
        let pasted = Input::Paste(format!("lamp {}[A bq", String::from_utf8_lossy(end)));
        assert_eq!(read(&sent), [pasted], "more of it follows");
    }
}

#[test]
fn a_slow_line_may_tear_a_sequence_anywhere() {
    for begun in ["\x1b[", "\x1bO", "\x1b[1", "\x1b_"] {
        let mut splitter = Splitter::default();
        assert!(splitter.feed(begun.as_bytes()).is_empty());
        assert_eq!(splitter.patience(), Some(Duration::from_secs(1)), "{begun:?}");
    }
}

proptest! {
    #[test]
    fn torn_anywhere_the_same_is_read(
        order in prop::collection::vec(0..known().len() + NOTHING.len(), 0..12),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let known = known();
        let sent: Vec<u8> = order.iter().flat_map(|&at| known.get(at).map_or_else(|| NOTHING[at - known.len()], |(bytes, _)| *bytes)).copied().collect();
        let expected: Vec<Input> = order.iter().filter_map(|&at| known.get(at)).map(|(_, input)| input.clone()).collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(sent.len() + 1)).collect();
        cuts.extend([0, sent.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[u8]> = cuts.windows(2).map(|ends| &sent[ends[0]..ends[1]]).collect();
        prop_assert_eq!(read(&pieces), expected);
    }

    #[test]
    fn no_bytes_stop_the_reader(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..12)) {
        let mut splitter = Splitter::default();
        for piece in &pieces {
            drop(inputs(splitter.feed(piece)));
        }
        drop(inputs(splitter.feed(PASTE_ENDS)));
        drop(inputs(splitter.rest()));
        prop_assert_eq!(inputs(splitter.feed(b"\rj")), [plain(KeyCode::Enter), plain(KeyCode::Char('j'))]);
    }

    #[test]
    fn sequences_of_any_kind_stop_no_reader(sent in "(\x1b[\\[O\\]P_M<?0-9;:~a-zA-Z\u{80}-\u{100}]{0,12}){0,8}") {
        let mut splitter = Splitter::default();
        drop(inputs(splitter.feed(sent.as_bytes())));
        drop(inputs(splitter.rest()));
    }
}

/// Ends a paste that random bytes began.
const PASTE_ENDS: &[u8] = b"\x1b\\\x1b[201~";
