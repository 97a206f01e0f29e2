//! Columns that are declared once.

/// Declares the columns of a table, each once: a struct of their places, with what finds them in a heading and with the names
/// by which a heading is known, which are those that stand behind `marks`. A column that must be there is a place, one that
/// may be there perhaps one.
macro_rules! columns {
    (
        $(#[$about:meta])*
        struct $name:ident {
            marks { $($mark:ident: $is_mark:ident $marked:literal,)* }
            $(others { $($field:ident: $is:ident $column:literal,)* })?
        }
    ) => {
        $(#[$about])*
        struct $name {
            $($mark: columns!(@type $is_mark),)*
            $($($field: columns!(@type $is),)*)?
        }

        impl $name {
            /// The columns by which a heading is known.
            const MARKS: &'static [&'static str] = &[$($marked),*];

            /// Finds the columns; an error says which one is missing.
            fn find(heading: &$crate::import::table::Heading) -> Result<Self, String> {
                Ok(Self {
                    $($mark: columns!(@find $is_mark, heading, $marked),)*
                    $($($field: columns!(@find $is, heading, $column),)*)?
                })
            }
        }
    };
    (@type must) => { usize };
    (@type may) => { Option<usize> };
    (@find must, $heading:ident, $column:literal) => { $heading.need($column)? };
    (@find may, $heading:ident, $column:literal) => { $heading.column($column) };
}
pub(in crate::import) use columns;
