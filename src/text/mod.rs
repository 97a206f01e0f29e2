//! Pure functions on strings that came from data: sanitise, draw alike everywhere, fold, links, statements, width, numbers, times, words.
//!
//! Words of this room: *sanitise*, make a string safe to show; *fold*, take away what does not matter to a comparison; *statement*,
//! what a post says apart from links and mentions; *width*, cells that a string fills.

mod alike;
mod avatar_address;
mod bidi;
mod closest;
mod exact;
mod fold;
mod formula;
mod link;
mod numbers;
mod profile_link;
mod rounded;
mod sanitise;
mod statement;
mod times;
mod width;
mod words;

pub use alike::{alike, widest};
pub use avatar_address::{downloadable_address, is_default_avatar_address};
pub use bidi::{Bidi, visual, visual_characters};
pub use closest::{UnknownWord, closest, meant};
pub use exact::exact;
pub use fold::{fold, fold_for_search, fold_with_places};
pub use formula::defused;
pub use link::{canonical_link, is_short_link, without_user};
pub use numbers::{bytes, count_of, percent, some_of, thousands};
pub use profile_link::{NoProfileLink, ProfileLink};
pub use rounded::LongId;
pub use sanitise::sanitise_line;
pub use statement::{statement, statement_key, statement_words};
pub use times::{clock, date, date_time, gap, month_day, stamp_for_file_name};
pub use width::{display_width, pad_to_width, truncate_to_width, wrap_to_width};
pub use words::{Word, quoted, words};
