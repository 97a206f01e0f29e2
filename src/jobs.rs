//! Background work with progress and cancel; the latest request wins.
