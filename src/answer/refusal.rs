//! What an error answer proves: was the message refused before it was stored?
//!
//! Upstream's create action turns whatever is thrown in it into a 422, also after the row was committed, so a 422
//! proves something only in the shapes of Rails' own validations. Everything else is answered before the action, or
//! behind it, as noted in each row. What cannot be proved not to have been stored is [`Outcome::Unknown`].

use crate::answer::expected::Expected;
use crate::answer::record_invalid_marks::begins;
use crate::data::value::Value;
use crate::policy::outcome::Outcome;

/// What a status says by itself.
enum Says {
    /// Nothing was stored.
    Refused,
    /// It may have been stored.
    Perhaps,
    /// It depends on the body.
    SeeBody,
}

/// The outcome of an answer that is no success. `body` is its JSON, or text, or `Null` where none could be read to
/// its end.
pub fn outcome(status: u16, body: &Value, expected: &Expected) -> Outcome {
    let refused = match says(status) {
        Says::Refused => !names_server_error(body),
        Says::Perhaps => false,
        Says::SeeBody => is_invalid_record(body) || found_nothing(body, expected),
    };
    if refused { Outcome::Rejected } else { Outcome::Unknown }
}

/// "The action" is upstream's create or retry; "a gateway" is whatever stands in front of it.
fn says(status: u16) -> Says {
    match status {
        // A redirect (0 where a browser hides its status) comes from a router or a gateway; the action makes none.
        0 | 300..=399 => Says::Refused,
        // The body or its parameters could not be parsed, which Rails does before the action; or a gateway's.
        400 => Says::Refused,
        // No credentials, wrong ones, no permission: filters before the action. 402: the account's plan, likewise.
        401..=403 => Says::Refused,
        // No such conversation, a filter before the action; or no such route.
        404 => Says::Refused,
        // A wrong method is found by the router.
        405 => Says::Refused,
        // Seen with the message stored: the format of the answer is looked at only when it is written.
        406 => Says::Perhaps,
        // A proxy on the way wants credentials, and passed nothing on.
        407 => Says::Refused,
        // A gateway had enough of waiting, perhaps for an answer that was on its way.
        408 => Says::Perhaps,
        // A record changed meanwhile (stale): inside of the action that is a 422, so it was before it; or a gateway's.
        409 => Says::Refused,
        // A gateway or router that knows that there is nothing any more.
        410 => Says::Refused,
        // A gateway or the web server read the head of the request and took no more: no length (411), too large
        // (413), too long an address (414), a type (415) or an Expect (417) that it does not take.
        411 | 413..=415 | 417 => Says::Refused,
        // HTTP: the server that was reached does not answer for this host, and did nothing.
        421 => Says::Refused,
        422 => Says::SeeBody,
        // HTTP: not processed yet, since it came in early data.
        425 => Says::Refused,
        // HTTP: not done before another protocol is spoken (426) or a condition is given (428).
        426 | 428 => Says::Refused,
        // Upstream's throttle stands before everything else, and so do those of gateways.
        429 => Says::Refused,
        // The head is too large (431), or a gateway may not serve this (451).
        431 | 451 => Says::Refused,
        // A 5xx is on record after the row was saved. Nothing on this way is known to answer another 4xx; some of
        // them (499, 460) stand for a gateway that gave up on an answer.
        _ => Says::Perhaps,
    }
}

/// Whether a page of another status says inside that the server broke down.
fn names_server_error(body: &Value) -> bool {
    body.get("status").and_then(Value::as_int).is_some_and(|status| (500..=599).contains(&status))
}

/// `{"message", "attributes"}`, or `{"error"}` with Rails' sentence: a validation stopped it before the insert. It is
/// the one text that is matched anywhere.
fn is_invalid_record(body: &Value) -> bool {
    let has_attributes = body.get("message").and_then(Value::as_text).is_some()
        && matches!(body.get("attributes"), Some(Value::List(_)));
    has_attributes || error_text(body).is_some_and(begins)
}

fn found_nothing(body: &Value, expected: &Expected) -> bool {
    error_text(body)
        .zip(expected.nothing_found)
        .and_then(|(error, beginning)| error.strip_prefix(beginning))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn error_text(body: &Value) -> Option<&str> {
    body.get("error").and_then(Value::as_text)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/refusal.rs"]
mod tests;
