//! Fuzzy search over handle, name and bio.
