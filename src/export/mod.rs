//! What leaves the program: one file per output format.
