//! What a Retry-After header asks for.

use crate::answer::http_date;
use crate::data::number;

/// Beyond a year it is no request to wait but a mistake.
const MAX_MS: f64 = 365.0 * 24.0 * 3600.0 * 1000.0;

/// The milliseconds a Retry-After header asks to wait: whole seconds, or any of HTTP's three date forms
/// (RFC 9110). A date in the past is 0. Words, negative and absurd values (above a year) count as absent.
///
/// `now_ms` is the wall clock, in milliseconds since 1970.
pub fn retry_after_ms(header: &str, now_ms: f64) -> Option<f64> {
    let header = header.trim();
    let asked = match number::parse_digits(header) {
        Some(seconds) => seconds as f64 * 1000.0,
        None => f64::max(0.0, http_date::parse(header)? as f64 * 1000.0 - now_ms),
    };
    (asked <= MAX_MS).then_some(asked)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/retry_after.rs"]
mod tests;
