//! State of the interface: what is chosen, marked, filtered, undone. No drawing, no terminal.
