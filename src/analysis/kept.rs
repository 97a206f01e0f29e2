//! How the interface was left, as the cache keeps it: what links accounts, and the order of the list.

use crate::model::{LinkParameters, ListOrder};
use crate::store::{Store, StoreError};

const PARAMETERS: &str = "parameters";
const ORDER: &str = "order";

/// Something that is to be kept with the cache.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// What links accounts.
    Parameters(Box<ParametersChange>),
    /// The order of the list.
    Order(ListOrder),
}

/// What was changed of the parameters that are kept. Another window of the same cache may have changed others.
#[derive(Debug, Clone, PartialEq)]
pub struct ParametersChange {
    /// As they were kept last by whoever changes them.
    pub before: LinkParameters,
    /// As they are now.
    pub after: LinkParameters,
}

impl Kept {
    /// Keeps it; of parameters, what the cache keeps then: what somebody else changed meanwhile stays.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn write(&self, store: &mut Store) -> Result<Option<LinkParameters>, StoreError> {
        match self {
            Self::Parameters(change) => {
                let mut now = change.after.clone();
                store.keep_view(PARAMETERS, |line| {
                    if let Some(mut kept) = line.and_then(LinkParameters::from_line) {
                        kept.take_changes(&change.before, &change.after);
                        now = kept;
                    }
                    now.to_line()
                })?;
                Ok(Some(now))
            }
            Self::Order(order) => store.keep_view(ORDER, |_| order.word().to_owned()).map(|()| None),
        }
    }

    /// The change that does what `earlier` does and then this; `None` where they are of different kinds.
    #[must_use]
    pub fn after(&self, earlier: &Self) -> Option<Self> {
        match (earlier, self) {
            (Self::Parameters(earlier), Self::Parameters(later)) => {
                Some(Self::Parameters(Box::new(ParametersChange {
                    before: earlier.before.clone(),
                    after: later.after.clone(),
                })))
            }
            (Self::Order(_), Self::Order(_)) => Some(self.clone()),
            _ => None,
        }
    }
}

/// All that a cache keeps of how it was looked at last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeptView {
    /// What linked accounts; `None` where nobody changed that yet.
    pub parameters: Option<LinkParameters>,
    /// The order of the list.
    pub order: Option<ListOrder>,
    /// Parameters were kept that this version of the program cannot read.
    pub unreadable: bool,
}

impl KeptView {
    /// Reads what was kept.
    ///
    /// # Errors
    /// Fails where the cache cannot be read.
    pub fn read(store: &Store) -> Result<Self, StoreError> {
        let line = store.kept_view(PARAMETERS)?;
        let parameters = line.as_deref().and_then(LinkParameters::from_line);
        let order = store.kept_view(ORDER)?.and_then(|word| ListOrder::named(&word));
        Ok(Self { unreadable: line.is_some() && parameters.is_none(), parameters, order })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::KeepRule;

    /// Has one window keep what it changed; says what the cache keeps then.
    fn keep(store: &mut Store, before: &LinkParameters, after: &LinkParameters) -> LinkParameters {
        let change = ParametersChange { before: before.clone(), after: after.clone() };
        Kept::Parameters(Box::new(change)).write(store).unwrap().unwrap()
    }

    #[test]
    fn what_two_windows_change_is_kept_of_both() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let (mut one, mut other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let start = LinkParameters { muted: ["a".to_owned()].into(), ..Default::default() };
        let rule = LinkParameters { keep: KeepRule::Shared(3), ..start.clone() };
        assert_eq!(keep(&mut one, &start, &rule), rule, "nothing else was kept");
        let muted = ["b".to_owned()].into();
        let window = LinkParameters { window_seconds: 7, muted, ..start.clone() };
        let both = LinkParameters { keep: KeepRule::Shared(3), ..window.clone() };
        assert_eq!(keep(&mut other, &start, &window), both);
        assert_eq!(KeptView::read(&one).unwrap().parameters, Some(both.clone()));
        assert_eq!(keep(&mut one, &rule, &start), LinkParameters { keep: start.keep, ..both }, "taken back");
        one.keep_view(PARAMETERS, |_| "of a later version".to_owned()).unwrap();
        assert_eq!(keep(&mut one, &start, &rule), rule);
    }

    #[test]
    fn changes_that_wait_become_one() {
        let parameters = |window_seconds| LinkParameters { window_seconds, ..Default::default() };
        let change = |before, after| {
            Kept::Parameters(Box::new(ParametersChange { before: parameters(before), after: parameters(after) }))
        };
        assert_eq!(change(2, 3).after(&change(1, 2)), Some(change(1, 3)));
        let [links, handle] = [ListOrder::Links, ListOrder::Handle].map(Kept::Order);
        assert_eq!(handle.after(&links), Some(handle.clone()));
        assert_eq!((change(1, 2).after(&links), links.after(&change(1, 2))), (None, None));
    }

    #[test]
    fn a_view_is_read_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("cache.db")).unwrap();
        assert_eq!(KeptView::read(&store).unwrap(), KeptView::default());
        let parameters = LinkParameters { window_seconds: 7, muted: ["a".to_owned()].into(), ..Default::default() };
        keep(&mut store, &LinkParameters::default(), &parameters);
        Kept::Order(ListOrder::Followers).write(&mut store).unwrap();
        let read = KeptView::read(&store).unwrap();
        assert_eq!(
            read,
            KeptView { parameters: Some(parameters), order: Some(ListOrder::Followers), unreadable: false }
        );
        store.keep_view(PARAMETERS, |_| "{\"of a later version\":\"x\"}".to_owned()).unwrap();
        let read = KeptView::read(&store).unwrap();
        assert!(read.unreadable && read.parameters.is_none());
    }
}
