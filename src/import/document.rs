//! JSON that is one document, an array or laid out over many lines, as lines of one object each. Nothing is parsed: what
//! stands between objects ends a line, and inside of them line ends become spaces. No byte comes or goes.

use std::io::{self, Read};

/// Where in a document one is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// Objects that are open.
    depth: u32,
    in_text: bool,
    escaped: bool,
}

impl Document {
    /// Whether content is a document: an array, or an object whose first line ends behind its brace.
    pub fn begins(head: &[u8]) -> bool {
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r');
        match head.trim_ascii_start() {
            [b'[', rest @ ..] => matches!(rest.trim_ascii_start(), [b'{' | b'[', ..]),
            [b'{', rest @ ..] => rest.iter().find(|byte| !blank(byte)) == Some(&b'\n'),
            _ => false,
        }
    }

    /// Turns the next bytes of the document into lines.
    pub fn turn(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = self.next(*byte);
        }
    }

    fn next(&mut self, byte: u8) -> u8 {
        if self.in_text {
            // A text that is not closed on its line is broken; the next line may be whole.
            self.in_text = byte != b'\n' && (self.escaped || byte != b'"');
            self.escaped = !self.escaped && byte == b'\\';
            return byte;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' => self.depth += 1,
            b'}' => self.depth = self.depth.saturating_sub(1),
            b'[' if self.depth == 0 => return b' ',
            b']' | b',' if self.depth == 0 => return b'\n',
            b'\n' | b'\r' if self.depth > 0 => return b' ',
            _ => {}
        }
        byte
    }
}

/// The rest of a document as lines.
pub(super) struct Turned<'d, R> {
    pub document: &'d mut Document,
    pub text: R,
}

impl<R: Read> Read for Turned<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.text.read(buffer)?;
        self.document.turn(&mut buffer[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let mut bytes = text.as_bytes().to_vec();
        let mut document = Document::default();
        // Cut anywhere, since reads end anywhere.
        for chunk in bytes.chunks_mut(3) {
            document.turn(chunk);
        }
        let turned = String::from_utf8(bytes).unwrap();
        turned.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn each_object_becomes_a_line() {
        assert_eq!(
            lines(r#"[{"a":"[,]\"}"},{"b":[1,{"c":2}]}, {}]"#),
            [r#"{"a":"[,]\"}"}"#, r#"{"b":[1,{"c":2}]}"#, "{}"]
        );
        assert_eq!(lines("{\n  \"a\": 1,\r\n  \"b\": [\n 2 ]\n}\n{\n}\n"), ["{   \"a\": 1,    \"b\": [  2 ] }", "{ }"]);
        assert_eq!(lines("[{\"گ\":1},\n{\"b\":2}]\n[{\"c\":3}]"), ["{\"گ\":1}", "{\"b\":2}", "{\"c\":3}"]);
    }

    #[test]
    fn documents_are_told_from_lines_and_tables() {
        for document in ["[{\"a\":1}]", " [\n  {", "{\n", "{ \r\n \"a\"", "[[{"] {
            assert!(Document::begins(document.as_bytes()), "{document}");
        }
        for other in ["{\"a\":1}\n", "[a],b\n1,2\n", "{\"a\":\n", "", "a\n[{"] {
            assert!(!Document::begins(other.as_bytes()), "{other}");
        }
    }
}
