//! What came of one attempt, judged by its facts.

use crate::answer::error_body;
use crate::answer::expected::Expected;
use crate::answer::facts::Facts;
use crate::answer::network;
use crate::answer::refusal;
use crate::answer::retry_after::retry_after_ms;
use crate::data::value::Value;
use crate::policy::code::Code;
use crate::policy::failed::{Detail, Failed};
use crate::policy::outcome::Outcome;

const NO_RESPONSE: &str = "fetch gave something that is no Response with a text";
const CUT: &str = "its body could not be read to its end";
const TOO_LONG: &str = "its body is longer than any message, more than 1 MiB";

/// Judges an attempt that nobody stopped; `Ok` when its answer is what was `expected`. `now_ms` is the wall clock.
///
/// An error status is an answer, even when the body behind it is cut or late; see [`refusal::outcome`].
pub fn judge(facts: &Facts<'_>, expected: &Expected, now_ms: f64) -> Result<(), Failed> {
    let Some(status) = facts.status else {
        return Err(if facts.failed { network::failed(facts) } else { instead(NO_RESPONSE) });
    };
    let mut failed = if !(200..300).contains(&status) {
        let mut failed = Failed::new(Code::of_status(status));
        failed.outcome = refusal::outcome(status, facts.body, expected);
        failed.retry_after_ms = facts.retry_after.and_then(|asked| retry_after_ms(asked, now_ms));
        failed.detail = Detail::Answer(error_body::said(facts.body), facts.location.map(str::to_owned));
        failed
    } else if facts.too_long {
        instead(TOO_LONG)
    } else if facts.failed {
        instead(CUT)
    } else if !(expected.is_there)(facts.body) {
        instead(expected.missing)
    } else {
        return Ok(());
    };
    failed.status = Some(status);
    failed.maybe_stored = others_may_have_stored(facts, expected);
    Err(failed)
}

fn instead(of_an_answer: &'static str) -> Failed {
    let mut failed = Failed::new(Code::UnreadableResponse);
    failed.detail = Detail::Instead(of_an_answer);
    failed
}

/// A wrapper of fetch may have sent more than once.
fn others_may_have_stored(facts: &Facts<'_>, expected: &Expected) -> bool {
    facts.others.iter().any(|status| match status.as_int().and_then(|status| u16::try_from(status).ok()) {
        Some(0) | None => true,
        // What it said besides is not known.
        Some(status) => refusal::outcome(status, &Value::Null, expected) != Outcome::Rejected,
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/judge.rs"]
mod tests;
