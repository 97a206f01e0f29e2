//! What the binary gets of the surroundings of whoever runs the tests: nothing that it could go by.

use std::ffi::OsString;

/// What it is found by, and where temporary files go.
const KEPT: [&str; 3] = ["PATH", "TMPDIR", "LLVM_PROFILE_FILE"];

/// The few variables that tests pass on; all others would let a test depend on somebody's settings.
pub fn surroundings() -> impl Iterator<Item = (&'static str, OsString)> {
    KEPT.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)))
}
