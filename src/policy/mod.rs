//! Whether an attempt is made again, when, and what its outcome is called.

pub mod code;
pub mod failed;
pub mod outcome;
pub mod retry;
pub mod timeouts;
