//! Pure functions on strings that came from data: sanitise, fold, width, numbers, times.

mod fold;
mod numbers;
mod sanitise;
mod times;
mod width;

pub use fold::fold_for_search;
pub use numbers::{percent, thousands};
pub use sanitise::sanitise_line;
pub use times::{clock, date, date_time, gap, month_day, stamp_for_file_name};
pub use width::{display_width, pad_to_width, truncate_to_width, wrap_to_width};
