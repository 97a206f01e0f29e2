//! Whether two accounts share more targets than their activity and the targets' popularity explain. A null model
//! knows neither topic nor time: a significant pair is no verdict.
//!
//! Words of this room: *overlap*, how many targets each of two accounts shared, and how many both; *fitness*, the number, one a
//! degree, from which chances of a share follow; *tail*, the chance of so many shared targets or more; *q*, p, corrected for
//! how many tests were made; *tilt*, a reweighting of chances that brings a tail to the middle.

mod benjamini_hochberg;
mod fitness;
mod hypergeometric;
mod null_model;
mod pairs;
mod poisson_binomial;

#[cfg(test)]
mod tests;

pub use benjamini_hochberg::QValues;
pub use fitness::Fitness;
pub use hypergeometric::hypergeometric_tail;
pub use null_model::{NullModel, Overlap};
pub use pairs::Significance;
pub(in crate::graph) use poisson_binomial::{Trials, ln_tail, masses};
