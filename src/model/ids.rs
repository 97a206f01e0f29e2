//! Dense integers that stand for rows of the cache. Platform ids are text and stay text at the edge.

macro_rules! dense_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id as an index into a dense table.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

dense_id!(
    /// An account's row in the cache, counted from 1.
    AccountId
);
dense_id!(
    /// A shared object's row in the cache, counted from 1.
    ObjectId
);
dense_id!(
    /// A picture's row in the cache, counted from 1; equal bytes share one row.
    AvatarId
);
