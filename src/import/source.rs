//! A file as a stream of text: counted and hashed as it lies on disk, unpacked, its beginning looked at.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use super::ImportError;
use super::document::{Document, Turned};
use super::table;

/// Bytes of the beginning that are looked at; a page of tweets on one line is longer than most lines.
const HEAD: usize = 8 << 20;
const BUFFER: usize = 1 << 18;

/// How content that is no text begins, what it is and what to do with it.
const MAGIC: [(&[u8], &str, &str); 6] = [
    (b"\x89PNG", "a picture", "pictures are imported with --avatars FOLDER"),
    (b"\xff\xd8\xff", "a picture", "pictures are imported with --avatars FOLDER"),
    (b"PK\x03\x04", "an archive or a spreadsheet", "unpack it, or save it as CSV, first"),
    (b"SQLite format 3", "a database", "open a cache with --cache, or export its data first"),
    (b"%PDF", "a PDF", "import the data it was made from"),
    (b"BZh", "packed with bzip2", "unpack it first"),
];

/// Counts and hashes what is read from a file.
pub(super) struct Measured {
    input: Box<dyn Read + Send>,
    hash: Sha256,
    /// Of all files.
    count: Arc<AtomicU64>,
    /// Of this one.
    own_count: Arc<AtomicU64>,
}

impl Read for Measured {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.hash.update(&buffer[..read]);
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        self.own_count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

type Raw = BufReader<Chain<Cursor<Vec<u8>>, Measured>>;

enum Unpacker {
    Plain(Raw),
    Gzip(BufReader<flate2::bufread::MultiGzDecoder<Raw>>),
    Zstd(Box<BufReader<zstd::Decoder<'static, Raw>>>),
}

impl Unpacker {
    fn text(&mut self) -> &mut dyn BufRead {
        match self {
            Self::Plain(input) => input,
            Self::Gzip(input) => input,
            Self::Zstd(input) => input,
        }
    }

    fn raw(self) -> Raw {
        match self {
            Self::Plain(input) => input,
            Self::Gzip(input) => input.into_inner().into_inner(),
            Self::Zstd(input) => input.into_inner().finish(),
        }
    }
}

/// An open input.
pub(super) struct Source {
    head: Cursor<Vec<u8>>,
    /// Where in a JSON document the head ends, if it is one.
    document: Option<Document>,
    unpacker: Unpacker,
    size: u64,
    read: Arc<AtomicU64>,
}

/// What a file was, once it is read to its end.
pub(super) struct Fingerprint {
    pub sha256: String,
    pub bytes: u64,
}

impl Source {
    /// Opens a file, or standard input for `-`. `count` follows the bytes that are read.
    pub fn open(path: &Path, count: Arc<AtomicU64>) -> Result<Self, ImportError> {
        let unreadable = |reason| ImportError::Unreadable { path: path.to_owned(), reason };
        let (input, size): (Box<dyn Read + Send>, u64) = if path.as_os_str() == "-" {
            (Box::new(io::stdin()), 0)
        } else {
            let file = File::open(path).map_err(unreadable)?;
            let data = file.metadata().map_err(unreadable)?;
            // What is written to the file from now on is another import's.
            if data.is_file() { (Box::new(file.take(data.len())), data.len()) } else { (Box::new(file), 0) }
        };
        let read = Arc::<AtomicU64>::default();
        let mut measured = Measured { input, hash: Sha256::new(), count, own_count: Arc::clone(&read) };
        let mut magic = Vec::new();
        measured.by_ref().take(16).read_to_end(&mut magic).map_err(unreadable)?;
        let first = magic.clone();
        let raw = BufReader::with_capacity(BUFFER, Cursor::new(magic).chain(measured));
        let mut unpacker = match first.as_slice() {
            [0x1f, 0x8b, ..] => {
                Unpacker::Gzip(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(raw)))
            }
            [0x28, 0xb5, 0x2f, 0xfd, ..] => {
                let decoder = zstd::Decoder::with_buffer(raw).map_err(unreadable)?;
                Unpacker::Zstd(Box::new(BufReader::with_capacity(BUFFER, decoder)))
            }
            _ => Unpacker::Plain(raw),
        };
        let mut head = read_head(unpacker.text()).map_err(unreadable)?;
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        let mut document = Document::begins(&head).then(Document::default);
        if let Some(document) = &mut document {
            document.turn(&mut head);
            read_first_record(unpacker.text(), document, &mut head).map_err(unreadable)?;
        }
        refuse_what_is_no_text(path, &head)?;
        Ok(Self { head: Cursor::new(head), document, unpacker, size, read })
    }

    /// The beginning of the text, whole lines where they are not too long.
    pub fn head(&self) -> &[u8] {
        self.head.get_ref()
    }

    /// SHA-256 of the beginning, in hexadecimal.
    pub fn head_hash(&self) -> String {
        hexadecimal(&Sha256::digest(self.head.get_ref()))
    }

    /// Bytes on disk when it was opened, 0 where nobody can tell.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The whole text. Fails where it grows beyond what an export packs to its size.
    pub fn text(&mut self) -> Box<dyn BufRead + '_> {
        let room = match &self.unpacker {
            Unpacker::Plain(_) => Room::Endless,
            Unpacker::Gzip(_) | Unpacker::Zstd(_) if self.size == 0 => Room::Of(Arc::clone(&self.read)),
            Unpacker::Gzip(_) | Unpacker::Zstd(_) => Room::Of(Arc::new(self.size.into())),
        };
        let used = self.head.get_ref().len() as u64;
        let rest = Unpacked { text: self.unpacker.text(), room, used };
        match &mut self.document {
            Some(document) => {
                let rest = BufReader::with_capacity(BUFFER, Turned { document, text: rest });
                Box::new((&mut self.head).chain(rest))
            }
            None => Box::new((&mut self.head).chain(rest)),
        }
    }

    /// Reads what no reader wanted, so that the fingerprint is that of the whole file.
    /// Where the file is not `wanted` any more, it is that of what was read.
    pub fn finish(self, wanted: bool) -> Fingerprint {
        let mut raw = self.unpacker.raw();
        if wanted {
            // A stream that was left early may go on for ever.
            let most = if self.size == 0 { ALWAYS_UNPACKED } else { u64::MAX };
            // A file that cannot be read to its end has the fingerprint of what could be read.
            let _ = io::copy(&mut raw.by_ref().take(most), &mut io::sink());
        }
        let (_, measured) = raw.into_inner().into_inner();
        Fingerprint { bytes: measured.count.load(Ordering::Relaxed), sha256: hexadecimal(&measured.hash.finalize()) }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of a file as it lies on disk, in hexadecimal; `None` where it is no file or cannot be read.
pub(super) fn hash_file(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok().filter(|file| file.metadata().is_ok_and(|data| data.is_file()))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(hexadecimal(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

/// Times its size to which an export may unpack; text of accounts and posts comes to a tenth of this.
const MOST_PACKED: u64 = 300;
/// Bytes to which anything may unpack.
const ALWAYS_UNPACKED: u64 = 256 << 20;

/// To how much a text may unpack.
enum Room {
    Endless,
    /// As an export of so many packed bytes; of a stream those that came so far.
    Of(Arc<AtomicU64>),
}

impl Room {
    fn bytes(&self) -> u64 {
        match self {
            Self::Endless => u64::MAX,
            Self::Of(packed) => packed.load(Ordering::Relaxed).saturating_mul(MOST_PACKED).max(ALWAYS_UNPACKED),
        }
    }
}

/// Text that fails once it is longer than any export, so that a few packed bytes cannot fill a disk.
struct Unpacked<'a> {
    text: &'a mut dyn BufRead,
    room: Room,
    used: u64,
}

impl Unpacked<'_> {
    /// How many bytes may still come.
    fn left(&self) -> io::Result<usize> {
        match self.room.bytes().saturating_sub(self.used) {
            0 => Err(io::Error::other(format!(
                "it unpacks to more than {MOST_PACKED} times its size, which no export does; if it is no fault, unpack it \
                 yourself and import that"
            ))),
            left => Ok(usize::try_from(left).unwrap_or(usize::MAX)),
        }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Much is read right into its place, past the room that the text has of its own.
        let most = buffer.len().min(self.left()?);
        let read = self.text.read(&mut buffer[..most])?;
        self.used += read as u64;
        Ok(read)
    }
}

impl BufRead for Unpacked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let most = self.left()?;
        let available = self.text.fill_buf()?;
        Ok(&available[..available.len().min(most)])
    }

    fn consume(&mut self, used: usize) {
        self.used += used as u64;
        self.text.consume(used);
    }
}

/// The first line that is not blank and says more than what stands between columns, whole unless it is very long, and what was read along with it.
fn read_head(input: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while head.len() < HEAD {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            // What is torn later is told by the reader of lines; a file torn at once cannot be read at all.
            Err(_) if !head.is_empty() => break,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            break;
        }
        head.extend_from_slice(buffer);
        let used = buffer.len();
        input.consume(used);
        if table::behind_declared_delimiter(&head).contains(&b'\n') {
            break;
        }
    }
    Ok(head)
}

/// Reads on until the head of a document holds a whole record, unless that is very long.
fn read_first_record(input: &mut dyn BufRead, document: &mut Document, head: &mut Vec<u8>) -> io::Result<()> {
    while head.len() < HEAD && !head.trim_ascii_start().contains(&b'\n') {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let (old, used) = (head.len(), buffer.len());
        head.extend_from_slice(buffer);
        document.turn(&mut head[old..]);
        input.consume(used);
    }
    Ok(())
}

fn refuse_what_is_no_text(path: &Path, head: &[u8]) -> Result<(), ImportError> {
    let path = path.to_owned();
    if let Some((_, what, advice)) = MAGIC.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Err(ImportError::Binary { path, what, advice });
    }
    if head.contains(&0) {
        let advice = "import the export of a collection tool; UTF-16 text must be saved as UTF-8";
        return Err(ImportError::Binary { path, what: "binary", advice });
    }
    if head.trim_ascii().is_empty() {
        return Err(ImportError::Empty(path));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_a_file_grows_by_while_it_is_read_is_left_for_another_import() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"one\n").unwrap();
        let mut source = Source::open(file.path(), Arc::default()).unwrap();
        file.write_all(b"two\n").unwrap();
        let mut text = String::new();
        source.text().read_to_string(&mut text).unwrap();
        let found = source.finish(true);
        assert_eq!((text.as_str(), found.bytes, source_hash(b"one\n")), ("one\n", 4, found.sha256));
    }

    fn source_hash(bytes: &[u8]) -> String {
        hexadecimal(&Sha256::digest(bytes))
    }
}
