//! The loop: receive, update, start jobs, draw.
