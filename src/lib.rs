//! x
pub mod model;
pub mod text;
pub mod search;
pub mod jobs;
pub mod pdq;
pub mod graph;
pub mod signals;
pub mod store;
