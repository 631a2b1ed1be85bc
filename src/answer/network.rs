//! What is proved when fetch brought no answer.
//!
//! In Node a call watches its own requests (`watch.js`), so what was thrown is no proof by itself: a wrapper of
//! fetch may have got it from another request, after this one was stored. Elsewhere only the runtime's own fetch is
//! believed, and only a few of the things that runtimes throw. Anything not recognised proves nothing.

use crate::answer::facts::{Facts, Link};
use crate::policy::code::Code;
use crate::policy::failed::{Detail, Failed};
use crate::policy::outcome::Outcome;

/// System calls that come before the first byte, as Node names them; Bun has the second, Deno neither.
const CONNECTING: [&str; 2] = ["connect", "getaddrinfo"];
/// undici's code for a connection that took too long to come about.
const CONNECT_TIMEOUT: &str = "UND_ERR_CONNECT_TIMEOUT";
/// OpenSSL's verification errors as Node names them, by their beginnings.
const CERTIFICATE: [&str; 8] = [
    "CERT_",
    "CRL_",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_TLS_CERT_",
    "HOSTNAME_MISMATCH",
    "INVALID_CA",
    "SELF_SIGNED_CERT_",
    "UNABLE_TO_",
];
/// undici's words when `redirect: "error"` met a redirect; it has no code for it.
const REDIRECTED: &str = "unexpected redirect";
/// undici's words for a port that fetch opens no connection to (the Fetch standard's "port blocking").
const BAD_PORT: &str = "bad port";
/// The code of `form.js`, for a form refused when nothing can have been sent before.
const UNKNOWN_FORM: &str = "UNKNOWN_FORM";

/// What came of an attempt in which fetch threw.
pub fn failed(facts: &Facts<'_>) -> Failed {
    let proved = proof(facts);
    if facts.broken_off {
        // Nobody has a whole request; whether a server makes a message of its beginning is not known.
        let is_unsent = proved == Some(Code::NotConnected);
        let mut failed = Failed::unreadable(None);
        failed.outcome = if is_unsent { Outcome::NotSent } else { Outcome::Unknown };
        return failed;
    }
    let mut failed = Failed::new(proved.unwrap_or(Code::ConnectionLost));
    failed.detail = match failed.code {
        Code::FormFailed => Detail::None,
        Code::Redirected => {
            failed.status = Some(facts.redirect.unwrap_or_default());
            Detail::Answer(None, facts.location.map(str::to_owned))
        }
        Code::NotConnected if is_bad_port(facts) => Detail::BadPort,
        _ => match code(facts) {
            Some(code) => Detail::Runtime(code.to_owned()),
            None if facts.is_page && failed.code == Code::ConnectionLost => Detail::InPage,
            None => Detail::None,
        },
    };
    failed.may_pass = failed.code == Code::NotConnected && failed.detail != Detail::BadPort;
    failed
}

/// What it is proved to have failed in, if anything is:
///
/// - `NotConnected`: the connection never came about, or fetch opens none to such a port. Nothing was sent.
/// - `CertificateRefused`: the server's. Nothing was sent, and trying again changes nothing.
/// - `FormFailed`: the body was no form any more when it was to be sent, and was not.
/// - `Redirected`: LiveDesk answered so, which was not followed.
fn proof(facts: &Facts<'_>) -> Option<Code> {
    let links = facts.links.as_slice();
    let Some(requests) = facts.requests else {
        return if facts.native { by_links(links) } else { form(links) };
    };
    if facts.redirect.is_some() && by_links(links) == Some(Code::Redirected) {
        return Some(Code::Redirected);
    }
    if facts.given != Some(0) {
        return None;
    }
    match requests {
        0 if has_code(links, UNKNOWN_FORM) && !facts.foreign => Some(Code::FormFailed),
        0 if is_bad_port(facts) => Some(Code::NotConnected),
        0 => None,
        _ if !facts.own || !is_whole(facts) => None,
        _ if has_code(links, UNKNOWN_FORM) => Some(Code::FormFailed),
        // No connection is no proof where there never is one.
        _ if facts.mocked => by_links(links),
        _ if by_links(links) == Some(Code::CertificateRefused) => Some(Code::CertificateRefused),
        _ => Some(Code::NotConnected),
    }
}

/// Whether it is proved that an attempt sent nothing which our own signal ended: every request is known, none was
/// given to a connection, and none will be, since the watch lets none through any more.
pub fn stopped_unsent(facts: &Facts<'_>) -> bool {
    let all_known = match facts.requests {
        // The runtime's own fetch had not asked for a connection yet.
        Some(0) => facts.native && facts.works,
        Some(_) => true,
        None => false,
    };
    facts.given == Some(0) && all_known && is_whole(facts) && facts.own && !facts.mocked
}

/// Whether the watch can have seen all: the wrapper called fetch at once (`prompt`), before anything that it tried by
/// other means could have been answered, and nothing was `foreign`: a dispatcher of somebody else's behind it, or a
/// request that the wrapper made beside it.
fn is_whole(facts: &Facts<'_>) -> bool {
    (facts.native || facts.prompt) && !facts.foreign
}

fn is_bad_port(facts: &Facts<'_>) -> bool {
    facts.requests == Some(0) && facts.native && facts.links.iter().any(|link| link.message == BAD_PORT)
}

/// The first error code of the chain, such as `ECONNRESET`.
fn code<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    facts.links.iter().map(|link| link.code).find(|code| !code.is_empty())
}

fn has_code(links: &[Link<'_>], code: &str) -> bool {
    links.iter().any(|link| link.code == code)
}

/// A library's own fetch that refused our form asked for its text when it was called, before it sent.
fn form(links: &[Link<'_>]) -> Option<Code> {
    has_code(links, UNKNOWN_FORM).then_some(Code::FormFailed)
}

fn by_links(links: &[Link<'_>]) -> Option<Code> {
    links.iter().find_map(by_link)
}

fn by_link(link: &Link<'_>) -> Option<Code> {
    if !link.members.is_empty() {
        // One address that was reached is enough to have received the request.
        let unconnected = link.members.iter().all(|member| by_link(member) == Some(Code::NotConnected));
        return unconnected.then_some(Code::NotConnected);
    }
    if CONNECTING.contains(&link.syscall) || link.code == CONNECT_TIMEOUT {
        Some(Code::NotConnected)
    } else if CERTIFICATE.iter().any(|start| link.code.starts_with(start)) {
        Some(Code::CertificateRefused)
    } else if link.code == UNKNOWN_FORM {
        Some(Code::FormFailed)
    } else {
        (link.message == REDIRECTED).then_some(Code::Redirected)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/network.rs"]
mod tests;
