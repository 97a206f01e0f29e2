//! JSON that is exact and still harmless to print: whatever acts on a terminal is written as an escape, which
//! every JSON reader turns back into the character itself.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// Pretty JSON with a line end.
///
/// # Errors
/// Fails where a value has no JSON form.
pub fn to_json(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut text = Vec::new();
    let formatter = Harmless(PrettyFormatter::with_indent(b"  "));
    value.serialize(&mut Serializer::with_formatter(&mut text, formatter))?;
    text.push(b'\n');
    Ok(text)
}

/// Appends JSON on one line, with its end.
///
/// # Errors
/// Fails where a value has no JSON form.
pub(super) fn to_json_line(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), serde_json::Error> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Harmless(CompactFormatter)))?;
    out.push(b'\n');
    Ok(())
}

/// Characters that reorder, hide or control: C1 and DEL, bidi marks and overrides, zero-width and tag characters,
/// separators. ZWNJ and ZWJ stay, since words and emoji are written with them.
fn acts(character: char) -> bool {
    matches!(character,
        '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'
        | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

struct Harmless<F>(F);

macro_rules! pass_on {
    ($($name:ident($($first:ident)?);)*) => {
        $(fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $first: bool)?) -> io::Result<()> {
            self.0.$name(writer $(, $first)?)
        })*
    };
}

impl<F: Formatter> Formatter for Harmless<F> {
    pass_on! {
        begin_array(); end_array(); begin_array_value(first); end_array_value();
        begin_object(); end_object(); begin_object_key(first); end_object_key();
        begin_object_value(); end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|&(_, character)| acts(character)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_escaped_and_reads_back_exactly() {
        let hostile = "a\u{202e}b\u{9b}31m\u{1b}[0m\u{e0041}\u{200b} می\u{200c}روم";
        let text = String::from_utf8(to_json(&hostile).unwrap()).unwrap();
        assert!(text.contains("\\u202e") && text.contains("\\u009b") && text.contains("\\udb40\\udc41"), "{text}");
        assert!(!text.trim_end().chars().any(|c| c.is_control() || acts(c)), "{text}");
        assert!(text.contains("می\u{200c}روم"));
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
    }
}
