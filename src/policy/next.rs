//! What a queue does next with a message that was sent, or was not.
//!
//! The rules are rows of `next-steps.tsv`, the first that fits counts: the outcome; what it was (a failure's class, or an
//! error's code); what to do; of a `stop`, what to do with the message itself once a person has put things right; and why.
//! `node scripts/build/next-steps.mjs` makes docs/next-step.md of them.

use crate::data::text::split;
use crate::data::told::{self, ObjectBuilder, Told};
use crate::data::value::Value;
use crate::failure::{self, Failure};
use crate::message::limits::Channel;

const RULES: &str = include_str!("next-steps.tsv");
/// What fits all.
const ANY: &str = "*";
/// A message that LiveDesk has taken.
const DONE: Rule = Rule { what_to_do: "done", then: "", why: "LiveDesk has taken it." };
/// After so many tries nobody expects the next to go better.
const MOST_TRIES: i64 = 10;
/// The wait before another try in milliseconds, where nothing says how long: it doubles from the first to the second.
const AGAIN_MS: (f64, f64) = (1_000.0, 300_000.0);
/// The same after a 429: upstream counts in windows of a minute.
const PAUSE_MS: (f64, f64) = (5_000.0, 60_000.0);

struct Rule {
    what_to_do: &'static str,
    then: &'static str,
    why: &'static str,
}

fn rule(outcome: &str, what: &str) -> Rule {
    let rows = split(RULES, "\n").skip(1).filter_map(|row| {
        let mut cells = split(row, "\t");
        let fits = |cell: &str, wanted: &str| cell == wanted || cell == ANY;
        if !fits(cells.next()?, outcome) || !fits(cells.next()?, what) {
            return None;
        }
        Some(Rule { what_to_do: cells.next()?, then: cells.next()?, why: cells.next()? })
    });
    // The last row fits all.
    rows.take(1).last().unwrap_or(DONE)
}

/// What to do after `ended`: an error of this package, or plain data of one, or a message. `attempts` is how
/// often the message was sent and retried so far.
pub fn step(ended: &Value, attempts: i64, channel: Option<Channel>) -> Told {
    let outcome = ended.get("outcome").and_then(Value::as_text);
    let status = ended.get("status").and_then(Value::as_text);
    let explained = match (outcome, status) {
        (None, Some("failed")) => Some(failure::explain(ended, channel)),
        _ => None,
    };
    let is_message = ended.get("id").is_some() && status.is_some();
    if explained.is_none() && outcome.is_none() && is_message {
        return tell(&DONE, None);
    }
    match (outcome, explained) {
        (_, Some(explained)) => after_delivery(&Given::of(&explained), attempts),
        (Some("failed"), _) => after_delivery(&Given::read(ended.get("failure")), attempts),
        (outcome, _) => after_refusal(outcome.unwrap_or_default(), ended, attempts),
    }
}

/// What counts of a failure.
struct Given<'a> {
    class: &'a str,
    retry_after_ms: f64,
    max_retries: i64,
}

impl<'a> Given<'a> {
    fn of(failure: &Failure) -> Given<'static> {
        Given {
            class: failure.class,
            retry_after_ms: failure.retry_after_ms.unwrap_or_default().into(),
            max_retries: failure.max_retries.unwrap_or_default().into(),
        }
    }

    /// Of an error. One that lost files has no class of its own: a person sends them again.
    fn read(failure: Option<&Value<'a>>) -> Given<'a> {
        let field = |name| failure.and_then(|failure| failure.get(name));
        let may = matches!(field("canRetry"), Some(Value::Bool(true)));
        let class = field("class").and_then(Value::as_text).unwrap_or(ANY);
        Given {
            class: if class.starts_with("retry") && !may { ANY } else { class },
            retry_after_ms: field("retryAfterMs").and_then(milliseconds).unwrap_or_default(),
            max_retries: field("maxRetries").and_then(Value::as_int).unwrap_or_default(),
        }
    }
}

fn after_delivery(given: &Given, attempts: i64) -> Told {
    let may = given.class.starts_with("retry");
    // The first attempt was no retry.
    if may && attempts > given.max_retries {
        return tell(&rule("failed", "retries_used_up"), None);
    }
    tell(&rule("failed", given.class), may.then_some(given.retry_after_ms))
}

fn after_refusal(outcome: &str, error: &Value, attempts: i64) -> Told {
    let asked = error.get("retryAfterMs").and_then(milliseconds);
    let code = match (error.get("code").and_then(Value::as_text).unwrap_or_default(), outcome) {
        ("invalid_input", _) if is_about_options(error) => "options",
        ("invalid_request", _) if error.get("status").and_then(Value::as_int) == Some(402) => {
            "payment_required"
        }
        // The client's own wait after a 429 would have been longer than the call may take.
        ("total_timeout", "not_sent") if asked.is_some() => "rate_limited",
        (code, _) => code,
    };
    let found = rule(outcome, code);
    match found.what_to_do {
        "pause" => tell(&found, Some(asked.unwrap_or_else(|| doubled(PAUSE_MS, attempts)))),
        "again" if attempts >= MOST_TRIES => tell(&rule(outcome, "tries_used_up"), None),
        "again" => tell(&found, Some(asked.unwrap_or_else(|| doubled(AGAIN_MS, attempts)))),
        _ => tell(&found, None),
    }
}

/// Whether an issue is with the client itself, rather than with the message.
fn is_about_options(error: &Value) -> bool {
    let Some(Value::List(issues)) = error.get("issues") else { return false };
    issues.iter().any(|issue| {
        let path = issue.get("path").and_then(Value::as_text).unwrap_or_default();
        path == "this" || path == "options" || path.starts_with("options.")
    })
}

fn doubled((first, most): (f64, f64), attempts: i64) -> f64 {
    let doublings = attempts.saturating_sub(1).clamp(0, 16);
    f64::min((0..doublings).fold(first, |wait, _| wait * 2.0), most)
}

/// Milliseconds that somebody asked for.
fn milliseconds(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) if number.is_finite() => Some(*number),
        _ => None,
    }
    .filter(|ms| *ms >= 0.0)
}

fn tell(rule: &Rule, after_ms: Option<f64>) -> Told {
    let mut object = ObjectBuilder::default();
    object.text(told::DO, rule.what_to_do);
    object.number(told::AFTER_MS, after_ms);
    if !rule.then.is_empty() {
        object.text(told::THEN, rule.then);
    }
    object.text(told::WHY, rule.why);
    object.build()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/next.rs"]
mod tests;
