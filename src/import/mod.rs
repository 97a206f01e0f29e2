//! From files to the cache: one file per input format.
