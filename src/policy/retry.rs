//! When a request is sent again: never if that could put a message before a customer twice.
//!
//! LiveDesk has no idempotency (upstream), so a request is repeated only when the last attempt provably
//! created nothing: LiveDesk said 429 or 425, or the connection never came about.

use crate::policy::code::Code;
use crate::policy::failed::Failed;
use crate::policy::outcome::Outcome;

/// The first wait's upper bound, and where doubling stops.
const BACKOFF_MS: (f64, f64) = (500.0, 8_000.0);
/// The same for a 429 without Retry-After: upstream counts in fixed windows of a minute.
const RATE_LIMIT_MS: (f64, f64) = (5_000.0, 60_000.0);
/// A server that asks for more than this is not waited for.
pub const MAX_RETRY_AFTER_MS: f64 = 60_000.0;

/// What the caller allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How many attempts may follow the first.
    pub max_retries: u32,
    /// `dangerouslyRetryUnknown`: also repeat what may have been stored.
    pub retry_unknown: bool,
}

/// What has been tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct History {
    /// Attempts that were handed to fetch.
    pub attempts: u32,
    /// Whether one of them may have stored the message.
    pub maybe_stored: bool,
    /// How often in a row LiveDesk has said 429 to the client, whoever's request it was.
    pub refusals: u32,
}

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Next {
    /// Wait so many milliseconds, then try again.
    RetryAfter(f64),
    /// Tell the caller.
    GiveUp(Outcome),
}

fn may_retry(failed: &Failed, policy: Policy) -> bool {
    match (failed.status, failed.outcome) {
        (Some(425 | 429), Outcome::Rejected) => true,
        // Whatever a 4xx but 408 means, it comes again, and could store the message each time.
        (Some(400..=407 | 409..=499), _) => false,
        (_, Outcome::NotSent) => failed.may_pass,
        (_, Outcome::Unknown) => policy.retry_unknown && failed.code != Code::Aborted,
        _ => false,
    }
}

impl History {
    /// Keeps what an attempt came to.
    pub fn record(&mut self, failed: &Failed) {
        self.maybe_stored |= failed.outcome_of_all() == Outcome::Unknown;
    }

    /// The outcome of the whole call: once an attempt may have stored the message, no later refusal
    /// takes that back.
    pub fn outcome(self, last: &Failed) -> Outcome {
        if self.maybe_stored { Outcome::Unknown } else { last.outcome }
    }
}

/// Whether to try again after `failed`, which `history` has recorded.
///
/// `remaining_ms` is what is left of `totalTimeout`, infinite without one; a wait that would not leave any
/// of it is not begun. `random` is from 0 to 1.
pub fn decide(failed: &Failed, history: History, policy: Policy, remaining_ms: f64, random: f64) -> Next {
    let give_up = Next::GiveUp(history.outcome(failed));
    if history.attempts > policy.max_retries || !may_retry(failed, policy) {
        return give_up;
    }
    // A wrapper of fetch may have sent besides what was refused.
    if history.maybe_stored && !policy.retry_unknown {
        return give_up;
    }
    let wait = wait_ms(failed, history, random);
    let asked = failed.retry_after_ms.unwrap_or_default();
    if asked > MAX_RETRY_AFTER_MS || wait >= remaining_ms {
        return give_up;
    }
    Next::RetryAfter(wait)
}

/// For how many milliseconds nobody is to send after this; `None` if it was no 429, or asks for more than a minute.
pub fn pause(failed: &Failed, history: History, random: f64) -> Option<f64> {
    let asked = failed.retry_after_ms.unwrap_or_default();
    (failed.status == Some(429) && asked <= MAX_RETRY_AFTER_MS).then(|| wait_ms(failed, history, random))
}

/// Full jitter on a doubling bound, on top of Retry-After; a 429 without one waits at least half its bound.
fn wait_ms(failed: &Failed, history: History, random: f64) -> f64 {
    let bound = |(first, most): (f64, f64)| {
        let times = u32::max(history.attempts, history.refusals);
        let doublings = times.saturating_sub(1).min(16);
        f64::min((0..doublings).fold(first, |bound, _| bound * 2.0), most)
    };
    let random = if random.is_finite() { random.clamp(0.0, 1.0) } else { 0.5 };
    match (failed.status, failed.retry_after_ms) {
        (_, Some(asked)) => asked + bound(BACKOFF_MS) * random,
        (Some(429), None) => bound(RATE_LIMIT_MS) * (0.5 + 0.5 * random),
        _ => bound(BACKOFF_MS) * random,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/retry.rs"]
mod tests;
