//! How long an attempt and a whole call may take.

/// The bytes of files that add one second to both limits.
const BYTES_PER_SECOND: f64 = 131_072.0;

/// The limits of one call, in milliseconds; infinite where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timeouts {
    attempt: f64,
    total: f64,
}

/// The limit of the next attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// Milliseconds from now; 0 is none.
    pub ms: f64,
    /// Whether it is `totalTimeout` that ends first.
    pub is_total: bool,
    /// What the option that ends first comes to, files included.
    pub option_ms: f64,
}

impl Timeouts {
    /// From the options, in milliseconds (0: none), and the bytes of the files: one second more for both
    /// per 128 KiB.
    pub fn new(timeout: f64, total_timeout: f64, file_bytes: u64) -> Timeouts {
        let more = file_bytes as f64 / BYTES_PER_SECOND * 1000.0;
        let limit = |option: f64| {
            if option > 0.0 { option + more } else { f64::INFINITY }
        };
        Timeouts { attempt: limit(timeout), total: limit(total_timeout) }
    }

    /// What is left of the whole call after `elapsed` milliseconds.
    pub fn remaining(self, elapsed: f64) -> f64 {
        f64::max(0.0, self.total - elapsed)
    }

    /// Whether the whole call's time is over after `elapsed` milliseconds: then no attempt begins.
    pub fn is_over(self, elapsed: f64) -> bool {
        elapsed >= self.total
    }

    /// The limit of an attempt that begins after `elapsed` milliseconds.
    pub fn next(self, elapsed: f64) -> Limit {
        let remaining = self.remaining(elapsed);
        let is_total = remaining < self.attempt;
        let (ms, option_ms) = if is_total { (remaining, self.total) } else { (self.attempt, self.attempt) };
        Limit {
            // 0 would mean no limit at all.
            ms: if ms.is_finite() { f64::max(1.0, ms) } else { 0.0 },
            is_total,
            option_ms,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/timeouts.rs"]
mod tests;
