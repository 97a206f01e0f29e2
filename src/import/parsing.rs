//! Parsing on threads of its own: lines of JSON by several at once, tables by one. What was read comes in the order of
//! the file.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::thread::{self, Scope};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::batch::Batch;
use super::format::{Content, Format, Item, LineReader, Out};
use super::lines::{self, LONGEST};
use super::repeats::Repeats;
use super::source::{Fingerprint, Source};
use crate::model::SkippedLine;

/// Items of a table that travel together.
const BATCH: usize = 4_096;
/// Batches of a table that may wait for who writes them.
const WAITING: usize = 4;
/// Blocks of lines that are parsed or wait for their turn: enough to go on while what was read is written.
const IN_WORK: usize = 384;
/// Bytes of lines that are parsed together, about.
const BLOCK: usize = 1 << 18;
/// Room for a block and what its last line needs, mostly.
const ROOM: usize = 1 << 19;

/// A batch, its place among all of the file, and the permits that it gives back.
struct Placed {
    place: u64,
    permits: usize,
    batch: Batch,
}

/// Gives every batch of a source to `take`, in order, until that fails; and whether another one waits already.
///
/// # Errors
/// Fails where the system gives no thread, and with the first error of `take`.
pub(super) fn parse<E: From<io::Error>>(
    source: Source,
    format: &dyn Format,
    mut take: impl FnMut(Batch, bool) -> Result<(), E>,
) -> Result<Fingerprint, E> {
    thread::scope(|scope| {
        let content = format.content();
        let (sender, batches) = bounded(if matches!(content, Content::Lines(_)) { IN_WORK } else { WAITING });
        let (permit, permits) = bounded(IN_WORK);
        let reader = match content {
            Content::Lines(read) => spawn_line_readers(scope, source, read, (&sender, permit))?,
            Content::Table(_) => {
                let sender = sender.clone();
                spawn(scope, "parser", move || read_table(source, format, &sender))?
            }
        };
        drop(sender);
        in_order(&batches, &permits, &mut take)?;
        // The receivers are gone here at the latest, so that readers that were cut off end too.
        drop((batches, permits));
        reader.join().map_err(|_| io::Error::other("a parser panicked, which is a fault of the program").into())
    })
}

fn spawn<'s, T: Send + 's>(
    scope: &'s Scope<'s, '_>,
    name: &str,
    work: impl FnOnce() -> T + Send + 's,
) -> io::Result<thread::ScopedJoinHandle<'s, T>> {
    thread::Builder::new().name(name.to_owned()).spawn_scoped(scope, work)
}

fn in_order<E>(
    batches: &Receiver<Placed>,
    permits: &Receiver<()>,
    take: &mut impl FnMut(Batch, bool) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for Placed { place, permits: given, batch } in batches {
        early.insert(place, (given, batch));
        while let Some((given, batch)) = early.remove(&next) {
            take(batch, !batches.is_empty())?;
            next += 1;
            permits.try_iter().take(given).for_each(drop);
        }
    }
    Ok(())
}

fn read_table(mut source: Source, format: &dyn Format, sender: &Sender<Placed>) -> Fingerprint {
    let mut place = 0;
    let mut batch = Batch::default();
    let mut push = |item: Item<'_>| {
        batch.push(item);
        if batch.len() < BATCH && batch.skipped() < BATCH as u64 {
            return ControlFlow::Continue(());
        }
        let full = std::mem::take(&mut batch);
        place += 1;
        // Nobody wants the rest where the receiver is gone.
        if sender.send(Placed { place: place - 1, permits: 0, batch: full }).is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    };
    let flow = format.read(&mut source.text(), &mut push);
    if flow.is_continue() {
        let _ = sender.send(Placed { place, permits: 0, batch });
    }
    source.finish(flow.is_continue())
}

/// Whole lines of a file.
struct Block {
    place: u64,
    first_line: u64,
    bytes: Vec<u8>,
    /// What is wrong with the line behind them.
    trouble: Option<Item<'static>>,
}

impl Block {
    /// Permits that it needs: one that a very long line has made large counts as many.
    fn permits(&self) -> usize {
        (self.bytes.len() / BLOCK).clamp(1, IN_WORK)
    }
}

/// Starts a thread that cuts the file into blocks, and some that parse them.
fn spawn_line_readers<'s>(
    scope: &'s Scope<'s, '_>,
    source: Source,
    read: LineReader,
    (sender, permit): (&Sender<Placed>, Sender<()>),
) -> io::Result<thread::ScopedJoinHandle<'s, Fingerprint>> {
    let workers = thread::available_parallelism().map_or(1, |cores| cores.get()).clamp(1, 8);
    let (blocks_out, blocks) = bounded::<Block>(workers);
    let (used, unused) = bounded(IN_WORK);
    for _ in 0..workers {
        let (blocks, sender, used) = (blocks.clone(), sender.clone(), used.clone());
        spawn(scope, "parser", move || {
            let mut repeats = Repeats::default();
            for block in blocks {
                let (place, permits) = (block.place, block.permits());
                let (batch, bytes) = read_block(block, read, &mut repeats);
                // Room for a line that was very long is given back to the system.
                if bytes.capacity() <= 4 * ROOM {
                    let _ = used.try_send(bytes);
                }
                if sender.send(Placed { place, permits, batch }).is_err() {
                    return;
                }
            }
        })?;
    }
    spawn(scope, "reader", move || cut(source, &blocks_out, &permit, &unused))
}

/// What a block holds, and its room.
fn read_block(block: Block, read: LineReader, repeats: &mut Repeats) -> (Batch, Vec<u8>) {
    // What is kept of a line is rarely more than half of it.
    let mut batch = Batch::with_room(block.bytes.len() / 2);
    let mut push = |item: Item<'_>| {
        batch.push_once(item, repeats);
        ControlFlow::Continue(())
    };
    let out: &mut Out<'_> = &mut push;
    let _ = lines::for_each_of(&block.bytes, block.first_line, out, read);
    block.trouble.into_iter().for_each(|item| batch.push(item));
    (batch, block.bytes)
}

fn cut(mut source: Source, blocks: &Sender<Block>, permit: &Sender<()>, rooms: &Receiver<Vec<u8>>) -> Fingerprint {
    let (mut place, mut first_line, mut more, mut wanted) = (0, 1, true, true);
    {
        let mut text = source.text();
        while more && wanted {
            let room = rooms.try_recv().unwrap_or_else(|_| Vec::with_capacity(ROOM));
            let (block, lines, goes_on) = next_block(&mut text, room, place, first_line);
            (more, place, first_line) = (goes_on, place + 1, first_line + lines);
            // So that one slow block does not let all that follow it pile up.
            wanted = (0..block.permits()).all(|_| permit.send(()).is_ok()) && blocks.send(block).is_ok();
        }
    }
    source.finish(wanted)
}

/// The next lines, how many they are, and whether there may be more.
fn next_block(text: &mut impl BufRead, mut bytes: Vec<u8>, place: u64, first_line: u64) -> (Block, u64, bool) {
    let outcome = fill(text, &mut bytes).and_then(|()| {
        let whole = bytes.len() < BLOCK || bytes.last() == Some(&b'\n');
        if whole { Ok(None) } else { end_line(text, &mut bytes).map(Some) }
    });
    let more = bytes.len() >= BLOCK;
    let lines = memchr::memchr_iter(b'\n', &bytes).count() as u64;
    let here = first_line + lines;
    let block = |bytes, trouble| Block { place, first_line, bytes, trouble };
    match outcome {
        Ok(None | Some(true)) => (block(bytes, None), lines, more),
        Ok(Some(false)) => {
            let reason = format!("the line is longer than {} MiB", LONGEST >> 20);
            (block(bytes, Some(Item::Skipped(SkippedLine { line: here, reason }))), lines + 1, true)
        }
        Err(error) => {
            // What was read of the last line is no line.
            bytes.truncate(bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1));
            let reason = format!("the file ends early: {error}");
            (block(bytes, Some(Item::EndsEarly(SkippedLine { line: here, reason }))), lines, false)
        }
    }
}

/// Fills `bytes` anew up to a block, or to the end of the text. What was read before an error stays.
fn fill(text: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<()> {
    // Room that was used before need not be made blank again.
    bytes.resize(BLOCK, 0);
    let mut filled = 0;
    let mut outcome = Ok(());
    while filled < BLOCK {
        match text.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                outcome = Err(error);
                break;
            }
        }
    }
    bytes.truncate(filled);
    outcome
}

/// Reads on to the end of the line that was begun. One that is too long is taken away, which is false.
fn end_line(text: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let start = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let mut left = LONGEST.saturating_sub((bytes.len() - start) as u64);
    while left > 0 {
        // As much again each time, and no more room than that: the line may be a long one.
        let step = left.min(bytes.len() as u64);
        bytes.reserve_exact(usize::try_from(step).unwrap_or_default());
        let read = text.by_ref().take(step).read_until(b'\n', bytes)? as u64;
        if bytes.last() == Some(&b'\n') || read < step {
            return Ok(true);
        }
        left -= read;
    }
    bytes.truncate(start);
    lines::skip_to_line_end(text)?;
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &[u8]) -> Vec<(u64, usize, Option<u64>)> {
        let mut text = text;
        let (mut first_line, mut more, mut found) = (1, true, Vec::new());
        while more {
            let (block, lines, goes_on) = next_block(&mut text, Vec::new(), 0, first_line);
            let trouble = block.trouble.map(|item| match item {
                Item::Skipped(line) | Item::EndsEarly(line) => line.line,
                _ => 0,
            });
            found.push((first_line, block.bytes.len(), trouble));
            (first_line, more) = (first_line + lines, goes_on);
        }
        found
    }

    #[test]
    fn blocks_end_where_lines_end_and_know_their_numbers() {
        let line = [&[b'x'; 999][..], b"\n"].concat();
        // So many lines are the first to fill a block.
        let full = BLOCK as u64 / 1_000 + 1;
        let bytes = usize::try_from(full).unwrap() * 1_000;
        let found = blocks(&line.repeat(bytes / 500 + 7));
        assert_eq!(found, [(1, bytes, None), (1 + full, bytes, None), (1 + 2 * full, 7_000, None)]);
        assert_eq!(blocks(b"one\ntwo"), [(1, 7, None)]);
    }

    #[test]
    fn a_line_that_is_too_long_costs_only_itself() {
        let mut text = b"one\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', 65 << 20));
        text.extend(b"\nthree\n");
        assert_eq!(blocks(&text), [(1, 4, Some(2)), (3, 6, None)]);
    }
}
