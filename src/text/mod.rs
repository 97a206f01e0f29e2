//! Pure functions on strings that came from data: sanitise, fold, width, numbers, times.
