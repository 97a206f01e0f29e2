//! Cutting a row into its cells, as RFC 4180 has it and as leniently as spreadsheets: quotes within a cell that does not
//! begin with one are letters, and what follows a closing quote belongs to the cell.

use memchr::{memchr, memchr_iter, memchr3};

/// Bytes that are not worth giving back.
const USUAL: usize = 1 << 20;

/// The cells of a row, without their quotes.
#[derive(Debug)]
pub(super) struct Cells {
    /// With one byte between two cells.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    most: usize,
    count: usize,
    quoted: bool,
}

/// Where a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Behind so many bytes, its line end with them.
    At(usize),
    /// The text ends, but no line.
    WithText,
    /// The text ends within quotes.
    Open,
}

impl Cells {
    /// Keeps so many cells of a row at the most; the others are counted.
    pub fn with_most(most: usize) -> Self {
        Self { bytes: Vec::new(), ends: Vec::new(), most, count: 0, quoted: false }
    }

    /// Cells of the row, those that are not kept with them.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether there are quotes in the row, so that it may have several lines.
    pub fn are_quoted(&self) -> bool {
        self.quoted
    }

    /// Gives the room back that a long row took, which is to be cut anew.
    pub fn give_back(&mut self) {
        if self.bytes.capacity() > USUAL {
            self.bytes = Vec::new();
        }
    }

    /// A cell, if there is one.
    pub fn get(&self, place: usize) -> Option<&[u8]> {
        let end = *self.ends.get(place)?;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |before| before + 1);
        self.bytes.get(start..end)
    }

    /// Every cell that is kept.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..).map_while(|place| self.get(place))
    }

    /// Cuts the row with which `text` begins. Where that ends within quotes, the last cell is what there is of it.
    pub fn cut(&mut self, text: &[u8], delimiter: u8) -> Cut {
        self.count = 0;
        self.bytes.clear();
        self.ends.clear();
        let end = memchr3(b'\n', b'\r', b'"', text);
        self.quoted = end.is_some_and(|end| text[end] == b'"');
        if self.quoted {
            return self.cut_quoted(text, delimiter);
        }
        let line = &text[..end.unwrap_or(text.len())];
        self.bytes.extend_from_slice(line);
        for end in memchr_iter(delimiter, line).chain([line.len()]) {
            self.end_cell(end);
        }
        end.map_or(Cut::WithText, |end| Cut::At(end + 1))
    }

    fn end_cell(&mut self, end: usize) {
        self.count += 1;
        if self.count <= self.most {
            self.ends.push(end);
        }
    }

    fn cut_quoted(&mut self, text: &[u8], delimiter: u8) -> Cut {
        let mut at = 0;
        loop {
            if text.get(at) == Some(&b'"') {
                match self.take_quoted(&text[at + 1..]) {
                    Some(length) => at += 1 + length,
                    None => {
                        self.end_cell(self.bytes.len());
                        return Cut::Open;
                    }
                }
            }
            let rest = &text[at..];
            let found = memchr3(delimiter, b'\n', b'\r', rest);
            self.bytes.extend_from_slice(&rest[..found.unwrap_or(rest.len())]);
            self.end_cell(self.bytes.len());
            let Some(found) = found else { return Cut::WithText };
            at += found + 1;
            if rest[found] != delimiter {
                return Cut::At(at);
            }
            self.bytes.push(delimiter);
        }
    }

    /// Takes what stands within quotes; how long that is, the closing one with it, if there is one.
    fn take_quoted(&mut self, text: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            let rest = &text[at..];
            let quote = memchr(b'"', rest);
            self.bytes.extend_from_slice(&rest[..quote.unwrap_or(rest.len())]);
            at += quote? + 1;
            if text.get(at) != Some(&b'"') {
                return Some(at);
            }
            self.bytes.push(b'"');
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> (Vec<String>, Cut) {
        let mut cells = Cells::with_most(99);
        let end = cells.cut(text.as_bytes(), b',');
        (cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect(), end)
    }

    #[test]
    fn a_row_ends_with_its_line_unless_within_quotes() {
        let cases: [(&str, &[&str], Cut); 8] = [
            ("a,b\nc", &["a", "b"], Cut::At(4)),
            ("a,\r\n", &["a", ""], Cut::At(3)),
            (",", &["", ""], Cut::WithText),
            ("\"a\n,\"\"b\"\"\",c\n", &["a\n,\"b\"", "c"], Cut::At(13)),
            ("a \"b\" c,\"d\"e\n", &["a \"b\" c", "de"], Cut::At(13)),
            ("a,\"b\"", &["a", "b"], Cut::WithText),
            ("a,\"b\n", &["a", "b\n"], Cut::Open),
            ("", &[""], Cut::WithText),
        ];
        for (text, cells, end) in cases {
            assert_eq!(cut(text), (cells.iter().map(|&cell| cell.to_owned()).collect(), end), "{text:?}");
        }
    }

    #[test]
    fn cells_without_end_are_counted_and_not_kept() {
        let mut cells = Cells::with_most(3);
        cells.cut(&b",".repeat(1_000), b',');
        assert_eq!((cells.count(), cells.iter().count(), cells.ends.capacity() < 10), (1_001, 3, true));
    }

    proptest! {
        #[test]
        fn rows_are_cut_as_the_library_of_csv_cuts_them(text in "[a\",\n\r]{0,24}") {
            let text = text.trim_start_matches(['\n', '\r']);
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let mut record = csv::StringRecord::new();
            if reader.read_record(&mut record).unwrap() {
                prop_assert_eq!(cut(text).0, record.iter().map(str::to_owned).collect::<Vec<_>>());
            }
        }
    }
}
