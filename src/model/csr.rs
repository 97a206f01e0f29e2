//! Many short lists laid out end to end: compressed sparse rows, the one layout of who shared what, which texts hold which
//! word, which node has which edges.

use std::ops::Range;

use rayon::prelude::*;

/// Where each row lies among items laid end to end. What else is known of the items stands in lists of its own, at the same
/// places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offsets {
    /// Where each row begins, and where the last one ends.
    starts: Vec<usize>,
}

impl Default for Offsets {
    fn default() -> Self {
        Self { starts: vec![0] }
    }
}

impl Offsets {
    /// Rows of these lengths.
    #[must_use]
    pub fn of_lengths(lengths: impl Iterator<Item = usize>) -> Self {
        let mut offsets = Self::default();
        lengths.for_each(|length| offsets.push(length));
        offsets
    }

    /// So many rows, each as long as it is named often. A row that is not below `rows` is left out.
    #[must_use]
    pub fn counting(rows: usize, named: impl Iterator<Item = u32>) -> Self {
        let mut starts = vec![0; rows + 1];
        named.for_each(|row| {
            if let Some(count) = starts.get_mut(row as usize + 1) {
                *count += 1;
            }
        });
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        Self { starts }
    }

    /// Appends a row of this length.
    pub fn push(&mut self, length: usize) {
        self.starts.push(self.total() + length);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items all rows have.
    #[must_use]
    pub fn total(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// The places of a row's items; of a row that is not there none, behind all others.
    #[must_use]
    #[inline]
    pub fn places(&self, row: usize) -> Range<usize> {
        match self.starts.get(row..).and_then(<[usize]>::first_chunk) {
            Some(&[start, end]) => start..end,
            None => self.total()..self.total(),
        }
    }

    /// The places of each row's items.
    pub fn all_places(&self) -> impl ExactSizeIterator<Item = Range<usize>> + Clone {
        self.starts.windows(2).map(|bounds| bounds[0]..bounds[1])
    }

    /// Deals the places out, for whoever comes by the items in another order than that of the rows.
    #[must_use]
    pub fn slots(&self) -> Slots {
        Slots { next: self.starts.clone() }
    }
}

/// The next free place of each row.
#[derive(Debug)]
pub struct Slots {
    next: Vec<usize>,
}

impl Slots {
    /// The next free place of a row, which must be there and have one left.
    #[inline]
    pub fn take(&mut self, row: u32) -> usize {
        let next = &mut self.next[row as usize];
        let slot = *next;
        *next += 1;
        slot
    }
}

/// Rows of items: a list of lists in two allocations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csr<T> {
    offsets: Offsets,
    items: Vec<T>,
}

impl<T> Default for Csr<T> {
    fn default() -> Self {
        Self { offsets: Offsets::default(), items: Vec::new() }
    }
}

impl<T> Csr<T> {
    /// No row yet, with room for so many items: growing step by step costs several times their memory.
    #[must_use]
    pub fn with_room_for(items: usize) -> Self {
        Self { offsets: Offsets::default(), items: Vec::with_capacity(items) }
    }

    /// Items, end to end, of rows at these places.
    #[must_use]
    pub fn new(offsets: Offsets, items: Vec<T>) -> Self {
        Self { offsets, items }
    }

    /// Appends a row.
    pub fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.offsets.push(self.items.len() - self.offsets.total());
    }

    /// Makes room for so many items more, and no more than that.
    pub fn reserve_exact(&mut self, items: usize) {
        self.items.reserve_exact(items);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.offsets.is_empty()
    }

    /// The items of a row; none of a row that is not there.
    #[must_use]
    #[inline]
    pub fn row(&self, row: usize) -> &[T] {
        self.items.get(self.offsets.places(row)).unwrap_or_default()
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[T]> + Clone {
        self.offsets.all_places().map(|places| self.items.get(places).unwrap_or_default())
    }

    /// The rows, in order, to be changed.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut [T]> {
        let mut rest = self.items.as_mut_slice();
        self.offsets.all_places().map_while(move |places| rest.split_off_mut(..places.len()))
    }

    /// Where a row's items stand among those of all rows.
    #[must_use]
    #[inline]
    pub fn places(&self, row: usize) -> Range<usize> {
        self.offsets.places(row)
    }

    /// Where the items of each row stand.
    #[must_use]
    pub fn offsets(&self) -> &Offsets {
        &self.offsets
    }

    /// The items of all rows, end to end.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// The items of all rows, end to end, without the rows.
    #[must_use]
    pub fn into_items(self) -> Vec<T> {
        self.items
    }

    /// The same rows of other items.
    #[must_use]
    pub fn map<U>(self, other: impl FnMut(T) -> U) -> Csr<U> {
        Csr { offsets: self.offsets, items: self.items.into_iter().map(other).collect() }
    }
}

impl<T: Copy + Default + Send> Csr<T> {
    /// Rows at these places, each of what `row` gives for it, as many items as it has places; on all threads.
    #[must_use]
    pub fn filled_by_row<I: Iterator<Item = T>>(offsets: Offsets, row: impl Fn(usize) -> I + Sync) -> Self {
        let mut all = Self { items: vec![T::default(); offsets.total()], offsets };
        let rows: Vec<&mut [T]> = all.rows_mut().collect();
        let fill =
            |(number, places): (usize, &mut [T])| places.iter_mut().zip(row(number)).for_each(|(at, item)| *at = item);
        rows.into_par_iter().enumerate().for_each(fill);
        all
    }
}

impl<T: Copy + Default> Csr<T> {
    /// So many rows of pairs (row, item) in any order; those of one row stay in theirs. The pairs are walked through twice.
    #[must_use]
    pub fn from_pairs(rows: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        Self::filled(Offsets::counting(rows, pairs.clone().map(|(row, _)| row)), pairs)
    }

    /// Rows at these places, of pairs (row, item) in any order: as many of each row as it has places.
    #[must_use]
    pub fn filled(offsets: Offsets, pairs: impl Iterator<Item = (u32, T)>) -> Self {
        let mut rows = Self { items: vec![T::default(); offsets.total()], offsets };
        rows.refill(pairs);
        rows
    }

    /// Puts others in the place of all items, by pairs (row, item) in any order: as many of each row as it has.
    pub fn refill(&mut self, pairs: impl Iterator<Item = (u32, T)>) {
        let (mut slots, rows) = (self.offsets.slots(), self.len());
        pairs.filter(|pair| (pair.0 as usize) < rows).for_each(|(row, item)| self.items[slots.take(row)] = item);
    }
}

impl<T, R: IntoIterator<Item = T>> FromIterator<R> for Csr<T> {
    fn from_iter<I: IntoIterator<Item = R>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| all.push(row));
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_row_that_is_not_there_has_no_item() {
        let none: Csr<u8> = Csr::default();
        assert_eq!((none.len(), none.row(0), none.row(usize::MAX)), (0, &[][..], &[][..]));
        let two: Csr<u8> = [vec![1, 2], vec![]].into_iter().collect();
        assert_eq!((two.len(), two.row(0), two.row(1), two.row(2)), (2, &[1, 2][..], &[][..], &[][..]));
    }

    #[test]
    fn pairs_of_rows_that_are_not_there_are_left_out() {
        let rows = Csr::from_pairs(2, [(5, 'x'), (1, 'b'), (0, 'a'), (u32::MAX, 'y')].into_iter());
        assert_eq!(rows.rows().collect::<Vec<_>>(), [['a'], ['b']]);
    }

    proptest! {
        #[test]
        fn every_builder_lays_out_the_same_rows(lists in prop::collection::vec(prop::collection::vec(any::<u16>(), 0..5), 0..20)) {
            let pushed: Csr<u16> = lists.iter().cloned().collect();
            prop_assert_eq!(pushed.rows().map(<[u16]>::to_vec).collect::<Vec<_>>(), &lists[..]);
            let pairs = || (0..).zip(&lists).flat_map(|(row, list)| list.iter().map(move |&item| (row, item)));
            prop_assert_eq!(&Csr::from_pairs(lists.len(), pairs()), &pushed);
            prop_assert_eq!(&Csr::filled(Offsets::of_lengths(lists.iter().map(Vec::len)), pairs()), &pushed);
            // Row by row backwards: items of one row keep their order.
            let mut turned: Vec<_> = pairs().collect();
            turned.sort_by_key(|&(row, _): &(u32, u16)| std::cmp::Reverse(row));
            prop_assert_eq!(&Csr::from_pairs(lists.len(), turned.into_iter()), &pushed);
            let mut sorted = pushed.clone();
            sorted.rows_mut().for_each(<[u16]>::sort_unstable);
            for (row, list) in lists.iter().enumerate() {
                let mut list = list.clone();
                list.sort_unstable();
                prop_assert_eq!((sorted.row(row), &sorted.items()[sorted.places(row)]), (&list[..], &list[..]));
            }
        }
    }
}
