//! Invented data sets with a planted truth.
