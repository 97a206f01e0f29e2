//! Whether two accounts share more targets than their activity and the targets' popularity explain. A null model
//! knows neither topic nor time: a significant pair is no verdict.

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
