//! The cache: the only room that knows SQL.
