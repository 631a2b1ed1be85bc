//! What is proved when fetch brought no answer.
//!
//! In Node a call watches its own requests (`watch.js`), so what was thrown is no proof by itself: a wrapper of
//! fetch may have got it from another request, after this one was stored. Elsewhere only the runtime's own fetch is
//! believed, and only a few of the things that runtimes throw. Anything not recognised proves nothing.

use crate::data::value::Value;

/// What is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The connection never came about: nothing was sent, and trying again may help.
    NotConnected,
    /// The server's certificate was refused: nothing was sent, and trying again changes nothing.
    Certificate,
    /// fetch refuses such an address: nothing was sent, and trying again changes nothing.
    Refused,
    /// The body was no form any more when it was to be sent, and was not.
    NoForm,
    /// LiveDesk answered with a redirect, which was not followed; its status, 0 if unknown.
    Redirected(u16),
    /// Nothing.
    None,
}

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

/// What the facts of an attempt prove that fetch failed in: `links` are what it threw, outermost first, each
/// `{ code?, syscall?, message?, errors? }`, where `errors` are the members of an AggregateError, one per address
/// that was tried.
///
/// Where the call could watch: `requests` were seen, `given` of them to a connection; `own`, if what was thrown is
/// what one of them failed with, thrown at once; `mocked`, if no network was behind them; `native`, if the runtime's
/// own fetch was called; `prompt` and `foreign`, see `is_whole`.
pub fn proof(facts: &Value) -> Proof {
    let links = links(facts);
    let native = facts.is_set("native");
    let Some(requests) = count(facts, "requests") else {
        return if native { by_links(links) } else { form(links) };
    };
    if let Some(status) = count(facts, "redirect")
        && by_links(links) == Proof::Redirected(0)
    {
        return Proof::Redirected(u16::try_from(status).unwrap_or_default());
    }
    if count(facts, "given") != Some(0) {
        return Proof::None;
    }
    match requests {
        0 if has(links, "code", UNKNOWN_FORM) && !facts.is_set("foreign") => Proof::NoForm,
        0 if native && has(links, "message", BAD_PORT) => Proof::Refused,
        0 => Proof::None,
        _ if !facts.is_set("own") || !is_whole(facts) => Proof::None,
        _ if has(links, "code", UNKNOWN_FORM) => Proof::NoForm,
        // No connection is no proof where there never is one.
        _ if facts.is_set("mocked") => by_links(links),
        _ if by_links(links) == Proof::Certificate => Proof::Certificate,
        _ => Proof::NotConnected,
    }
}

/// Whether it is proved that an attempt sent nothing which our own signal ended: every request is known, none was
/// given to a connection, and none will be, since the watch lets none through any more.
pub fn stopped_unsent(facts: &Value) -> bool {
    let given = count(facts, "given") == Some(0);
    let all_known = match count(facts, "requests") {
        // The runtime's own fetch had not asked for a connection yet.
        Some(0) => facts.is_set("native") && facts.is_set("works"),
        Some(_) => true,
        None => false,
    };
    given && all_known && is_whole(facts) && facts.is_set("own") && !facts.is_set("mocked")
}

/// Whether the watch can have seen all: the wrapper called fetch at once (`prompt`), before anything that it tried by
/// other means could have been answered, and nothing was `foreign`: a dispatcher of somebody else's behind it, or a
/// request that the wrapper made beside it.
fn is_whole(facts: &Value) -> bool {
    (facts.is_set("native") || facts.is_set("prompt")) && !facts.is_set("foreign")
}

/// The first error code of the chain, such as `ECONNRESET`.
pub fn code(facts: &Value) -> Option<&str> {
    links(facts)
        .iter()
        .find_map(|link| link.get("code").and_then(Value::as_text))
        .filter(|code| !code.is_empty())
}

fn links(facts: &Value) -> &[Value] {
    match facts.get("links") {
        Some(Value::List(links)) => links,
        _ => &[],
    }
}

fn count(facts: &Value, key: &str) -> Option<i64> {
    facts.get(key).and_then(Value::as_int)
}

fn has(links: &[Value], key: &str, text: &str) -> bool {
    links.iter().any(|link| link.get(key).and_then(Value::as_text) == Some(text))
}

/// A library's own fetch that refused our form asked for its text when it was called, before it sent.
fn form(links: &[Value]) -> Proof {
    if has(links, "code", UNKNOWN_FORM) { Proof::NoForm } else { Proof::None }
}

fn by_links(links: &[Value]) -> Proof {
    links.iter().map(by_link).find(|proof| *proof != Proof::None).unwrap_or(Proof::None)
}

fn by_link(link: &Value) -> Proof {
    let text = |key| link.get(key).and_then(Value::as_text).unwrap_or_default();
    if let Some(Value::List(members)) = link.get("errors")
        && !members.is_empty()
    {
        // One address that was reached is enough to have received the request.
        let unconnected = members.iter().all(|member| by_link(member) == Proof::NotConnected);
        return if unconnected { Proof::NotConnected } else { Proof::None };
    }
    let code = text("code");
    if CONNECTING.contains(&text("syscall")) || code == CONNECT_TIMEOUT {
        Proof::NotConnected
    } else if CERTIFICATE.iter().any(|start| code.starts_with(start)) {
        Proof::Certificate
    } else if code == UNKNOWN_FORM {
        Proof::NoForm
    } else if text("message") == REDIRECTED {
        Proof::Redirected(0)
    } else {
        Proof::None
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "network_tests.rs"]
mod tests;
