//! How the interface was left, as the cache keeps it: what links accounts, and the order of the list.

use crate::model::{LinkParameters, ListOrder};
use crate::store::{Store, StoreError};

const PARAMETERS: &str = "parameters";
const ORDER: &str = "order";

/// Something that is to be kept with the cache.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// What links accounts.
    Parameters(Box<LinkParameters>),
    /// The order of the list.
    Order(ListOrder),
}

impl Kept {
    /// Keeps it.
    ///
    /// # Errors
    /// Fails where the cache cannot be written.
    pub fn write(&self, store: &Store) -> Result<(), StoreError> {
        match self {
            Self::Parameters(parameters) => store.keep_view(PARAMETERS, &parameters.to_line()),
            Self::Order(order) => store.keep_view(ORDER, order.word()),
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

    #[test]
    fn a_view_is_read_as_it_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("cache.db")).unwrap();
        assert_eq!(KeptView::read(&store).unwrap(), KeptView::default());
        let parameters = LinkParameters { window_seconds: 7, muted: ["a".to_owned()].into(), ..Default::default() };
        Kept::Parameters(Box::new(parameters.clone())).write(&store).unwrap();
        Kept::Order(ListOrder::Followers).write(&store).unwrap();
        let read = KeptView::read(&store).unwrap();
        assert_eq!(
            read,
            KeptView { parameters: Some(parameters), order: Some(ListOrder::Followers), unreadable: false }
        );
        store.keep_view(PARAMETERS, "{\"of a later version\":\"x\"}").unwrap();
        let read = KeptView::read(&store).unwrap();
        assert!(read.unreadable && read.parameters.is_none());
    }
}
