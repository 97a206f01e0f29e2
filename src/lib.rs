//! `bot-tui`: explore who retweets with whom. The picture of the house is in the README, section Architecture.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod export;
pub mod graph;
pub mod import;
pub mod jobs;
pub mod keys;
// Its list of layers is a macro, of which `model` makes its kinds: it must stand before that.
#[macro_use]
pub mod layers;
pub mod model;
pub mod pdq;
pub mod query;
pub mod run;
pub mod search;
pub mod signals;
pub mod store;
pub mod synth;
pub mod system;
pub mod term;
pub mod text;
pub mod ui;
