//! Several runs read as one.

use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::ops::ControlFlow;

use crate::store::StoreError;

/// A run at one of its entries. Runs are ordered the other way round, by the key of their entries and then by age, so that
/// the greatest is the one to read next.
pub trait Run: Ord {
    /// Goes to the next entry; false at the end.
    fn advance(&mut self) -> Result<bool, StoreError>;
}

/// Calls `each` with the run that stands at the smallest key, until it breaks or all runs are read.
pub fn merge<R: Run>(runs: Vec<R>, mut each: impl FnMut(&R) -> ControlFlow<()>) -> Result<(), StoreError> {
    let mut heap = BinaryHeap::with_capacity(runs.len());
    for mut run in runs {
        if run.advance()? {
            heap.push(run);
        }
    }
    while heap.len() > 1
        && let Some(mut first) = heap.peek_mut()
    {
        if each(&first).is_break() {
            return Ok(());
        }
        if !first.advance()? {
            PeekMut::pop(first);
        }
    }
    // The last run has nothing to be compared with; most caches have but one of a kind.
    let Some(mut last) = heap.pop() else { return Ok(()) };
    while each(&last).is_continue() && last.advance()? {}
    Ok(())
}
