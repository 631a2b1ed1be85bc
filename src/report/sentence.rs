//! What happened, in a sentence for developers, and what usually helps.

use crate::answer::error_body;
use crate::data::text::{before, shorten};
use crate::policy::code::Code;
use crate::policy::failed::{Detail, Failed};
use crate::policy::outcome::Outcome;
use crate::policy::timeouts::Limit;
use crate::request::ready::Request;

/// What the `authorization` function is to give.
pub const AUTHORIZATION_WANTED: &str = "must resolve to a header value such as \"Basic a2V5OnNlY3JldA==\": no \
                                        key:secret as it is, no blanks around it and no control characters";
/// The most characters of a redirect's target that are shown.
const MAX_LOCATION: usize = 150;
const UNTOLD: &str = " This answer does not tell whether something broke before or after it was stored.";
const NO_REASON: &str = "The request failed without an answer";
const IN_A_PAGE: &str = ". (In a web page this is also how a cross-origin call to LiveDesk ends, which it does not \
                         allow: call a backend of yours.)";

/// What happened in an attempt, under the code that the caller is given. `redact` takes credentials and the message's
/// content out of a text.
pub fn of(
    code: Code,
    failed: &Failed,
    limit: Limit,
    request: &Request,
    redact: &dyn Fn(&str) -> String,
) -> String {
    let mut out = String::new();
    let end = match &failed.detail {
        Detail::Answer(said, location) => {
            add_answer(&mut out, failed, &request.path);
            if let Some(said) = said {
                out.push_str(&format!(": {}", error_body::shorten(&redact(said))));
            }
            out.push('.');
            if let Some(location) = location {
                let location = shorten(&redact(&bare_address(location)), MAX_LOCATION);
                out.push_str(&format!(" It points to {location}."));
            }
            if let Some(ms) = failed.retry_after_ms {
                out.push_str(&format!(" It asks to wait {} s.", whole(ms / 1000.0)));
            }
            if failed.status == Some(422) && failed.outcome == Outcome::Unknown {
                UNTOLD
            } else {
                known(code)
            }
        }
        Detail::Instead(of_an_answer) => {
            if let Some(status) = failed.status {
                out.push_str(&format!("LiveDesk answered {status}, but "));
            }
            out.push_str(of_an_answer);
            "."
        }
        Detail::File(index) => {
            out.push_str(&format!("attachments[{}] cannot be read any more: ", index));
            "it was changed, moved or deleted after it was chosen. Give it anew."
        }
        Detail::BadPort => {
            "fetch opens no connection to the port in baseUrl, which is another protocol's: give another."
        }
        Detail::InPage => {
            out.push_str(NO_REASON);
            IN_A_PAGE
        }
        Detail::Runtime(own) => {
            // A stranger's fetch may call anything a code.
            out.push_str(&format!("{} ({}", known(code), redact(own)));
            ")."
        }
        Detail::None => add_known(&mut out, code, failed.retry_after_ms, limit),
    };
    out.push_str(end);
    out
}

fn add_answer(out: &mut String, failed: &Failed, path: &str) {
    out.push_str("LiveDesk answered ");
    match failed.status.unwrap_or_default() {
        0 => out.push_str("with a redirect"),
        status => out.push_str(&format!("{status}")),
    }
    out.push_str(&format!(" to POST {path}"));
}

/// What the code says with nothing else to tell; gives the end.
fn add_known(out: &mut String, code: Code, waits_ms: Option<f64>, limit: Limit) -> &'static str {
    match (code, waits_ms) {
        (Code::TotalTimeout, Some(ms)) => {
            out.push_str(&format!(
                "After a 429, or for requestsPerSecond, this client waits {}",
                whole(ms / 1000.0)
            ));
            return " s more, which is longer than totalTimeout leaves.";
        }
        (Code::Timeout | Code::TotalTimeout, _) => {
            out.push_str(&format!("It took longer than {} ms (", whole(limit.option_ms)));
            return if code == Code::TotalTimeout { "totalTimeout)." } else { "timeout)." };
        }
        (Code::InvalidInput, _) => out.push_str(&format!("options.authorization {AUTHORIZATION_WANTED}")),
        (Code::ConnectionLost, _) => {
            out.push_str(NO_REASON);
            return "; see the cause.";
        }
        _ => out.push_str(known(code)),
    }
    "."
}

/// What is known by the code alone: a sentence without its full stop; of an error status, what usually helps.
fn known(code: Code) -> &'static str {
    match code {
        Code::Redirected => " Redirects are never followed: check that baseUrl is the service's own address.",
        Code::Unauthorized => " Check apiKey and apiSecret, and that they may write to this conversation.",
        Code::NotFound => " Check the conversation's id and baseUrl.",
        Code::TooLarge => " The message is larger than LiveDesk or a gateway takes.",
        Code::RateLimited => " Send fewer messages a minute.",
        Code::NotConnected => "No connection to LiveDesk could be made: check baseUrl and the network",
        Code::CertificateRefused => {
            "The server's certificate was refused: check baseUrl and the machine's clock"
        }
        Code::AuthorizationFailed => "options.authorization failed; see the cause",
        Code::FormFailed => "The form with the attachments could not be built; see the cause",
        Code::FileUnreadable => "A file could not be read to its end: it was changed, moved or deleted",
        Code::ConnectionLost => "The connection failed before the answer was complete",
        Code::Aborted => "The call was aborted",
        _ => "",
    }
}

/// Rounded up; std's printing of fractions would be a large part of the engine.
fn whole(number: f64) -> u64 {
    number.ceil() as u64
}

/// The address without user, query and fragment, which can hold secrets.
fn bare_address(location: &str) -> String {
    let bare = before(location, "?#");
    let Some(at) = bare.bytes().rposition(|byte| byte == b'@') else {
        return bare.to_owned();
    };
    // What stands before the user is at most a scheme.
    let scheme = if bare.starts_with("http:") { "http://" } else { "https://" };
    format!("{scheme}{}", bare.get(at.saturating_add(1)..).unwrap_or_default())
}
