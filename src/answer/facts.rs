//! What one attempt saw, as `host/exchange.js` and `host/watch.js` tell it.

use crate::data::value::Value;

/// Plain facts; nothing is concluded from them yet.
pub struct Facts<'a> {
    /// Our own signal ended it: the caller's, or the clock.
    pub stopped: bool,
    /// Something was thrown, and nobody had stopped it.
    pub failed: bool,
    /// What was thrown, outermost first.
    pub links: Vec<Link<'a>>,
    /// The place of the file that was looked at last.
    pub unreadable: Option<usize>,
    /// The turn would come too late; in how many milliseconds.
    pub late: Option<f64>,
    /// It was too late to call fetch.
    pub uncalled: bool,
    /// A file could not be read to its end while it was sent.
    pub broken_off: bool,
    /// It is a page, which is not told why a request failed.
    pub is_page: bool,
    /// The HTTP status; 0 is a redirect that a browser hides.
    pub status: Option<u16>,
    /// It is an error status.
    pub refused: bool,
    /// The header of this name.
    pub retry_after: Option<&'a str>,
    /// The header of this name.
    pub location: Option<&'a str>,
    /// The answer's JSON, or its text; of a success what tells a message from other answers.
    pub body: &'a Value,
    /// The answer is longer than any message.
    pub too_long: bool,
    /// The runtime's own fetch was called.
    pub native: bool,
    /// Where the call could watch: the requests that were seen.
    pub requests: Option<i64>,
    /// How many of them were given to a connection.
    pub given: Option<i64>,
    /// What was thrown is what one of them failed with, thrown at once; or our signal ended it.
    pub own: bool,
    /// No network was behind them.
    pub mocked: bool,
    /// A dispatcher of somebody else's was.
    pub foreign: bool,
    /// A wrapper called fetch at once.
    pub prompt: bool,
    /// This process's fetch has been seen to ask our dispatcher.
    pub works: bool,
    /// The status of a redirect that made fetch throw.
    pub redirect: Option<u16>,
    /// The status of each other request, 0 for none.
    pub others: &'a [Value],
}

/// One link in the chain of what was thrown.
pub struct Link<'a> {
    /// Such as `ECONNRESET`; empty when there is none, here and below.
    pub code: &'a str,
    /// Such as `connect`.
    pub syscall: &'a str,
    /// In the runtime's words.
    pub message: &'a str,
    /// The members of an AggregateError, one for each address that was tried.
    pub members: Vec<Link<'a>>,
}

impl<'a> Facts<'a> {
    /// From the host's object; what is missing is false, none or empty.
    pub fn read(facts: &'a Value) -> Facts<'a> {
        let is = |key| facts.is_set(key);
        let text = |key| facts.get(key).and_then(Value::as_text);
        let int = |key| facts.get(key).and_then(Value::as_int);
        let status = |key| int(key).and_then(|status| u16::try_from(status).ok());
        Facts {
            stopped: is("stopped"),
            failed: is("failed"),
            links: links(list(facts, "links")),
            unreadable: int("unreadable").and_then(|index| usize::try_from(index).ok()),
            late: is("late").then(|| int("retryAfterMs").unwrap_or_default() as f64),
            uncalled: is("uncalled"),
            broken_off: is("brokenOff"),
            is_page: is("page"),
            status: status("status"),
            refused: is("refused"),
            retry_after: text("retryAfter"),
            location: text("location"),
            body: facts.get("body").unwrap_or(&Value::Null),
            too_long: is("tooLong"),
            native: is("native"),
            requests: int("requests"),
            given: int("given"),
            own: is("own"),
            mocked: is("mocked"),
            foreign: is("foreign"),
            prompt: is("prompt"),
            works: is("works"),
            redirect: status("redirect"),
            others: list(facts, "others"),
        }
    }
}

fn list<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    match object.get(key) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

fn links(values: &[Value]) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    for value in values {
        let text = |key| value.get(key).and_then(Value::as_text).unwrap_or_default();
        links.push(Link {
            code: text("code"),
            syscall: text("syscall"),
            message: text("message"),
            members: self::links(list(value, "errors")),
        });
    }
    links
}
