//! Whether an attempt is made again, when, what its outcome is called, and what a queue does next.

pub mod code;
pub mod failed;
pub mod next;
pub mod outcome;
pub mod retry;
pub mod timeouts;
