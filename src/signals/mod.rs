//! What one account or pair shows, each with its own evidence and never as one score.
