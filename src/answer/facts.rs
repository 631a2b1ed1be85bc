//! What the host saw of one attempt, see `host/seen.js`.

use crate::data::tagged::{Reader, record};

record! {
    /// All of it; most of it is not there.
    Facts {
        /// The HTTP status, if one came; 0 for a redirect that a browser hides.
        status: status = "status",
        /// An error status: `retry_after`, `location` and the whole of `body` are meant.
        refused: flag = "refused",
        /// The Retry-After header.
        retry_after: text = "retryAfter",
        /// The Location header.
        location: text = "location",
        /// The answer's JSON or text; of a success what tells it from other answers.
        body: value = "body",
        /// The answer is longer than any message.
        too_long: flag = "tooLong",
        /// Ended by the caller's signal or the clock.
        stopped: flag = "stopped",
        /// Stopped before fetch was called.
        uncalled: flag = "uncalled",
        /// Something was thrown, and nobody had stopped it.
        failed: flag = "failed",
        /// The runtime's own fetch was called.
        native: flag = "native",
        /// This is a page, which is not told why a request failed.
        is_page: flag = "page",
        /// A file could not be read to its end while it was sent.
        broken_off: flag = "brokenOff",
        /// What was thrown is what one of the requests failed with, thrown at once.
        own: flag = "own",
        /// The status of a redirect that the watch saw and fetch does not show.
        redirect: status = "redirect",
        /// How many requests were seen; `None` where nobody could watch.
        requests: count = "requests",
        /// How many of them were given to a connection.
        given: count = "given",
        /// No network was behind them.
        mocked: flag = "mocked",
        /// A dispatcher of somebody else's was behind them.
        foreign: flag = "foreign",
        /// fetch was called at once.
        prompt: flag = "prompt",
        /// The statuses of what a wrapper sent besides; 0 for none.
        others: value = "others",
        /// Watching is known to work here.
        works: flag = "works",
        /// What the caller's function gave for the Authorization header, if that is text, and not far too long.
        authorization: text = "authorization",
        /// The place of the first file that cannot be read.
        unreadable: index = "unreadable",
        /// The request's turn would come too late; in how many milliseconds.
        late: number = "late",
        /// What was thrown, outermost first.
        links: links = "links",
    }
}

record! {
    /// What one thrown value says of itself.
    Link {
        /// The runtime's code for it; empty when there is none, here and below.
        code: word = "code",
        /// The system call that failed.
        syscall: word = "syscall",
        /// What it says.
        message: word = "message",
        /// The members of an AggregateError: one per address that was tried.
        members: links = "errors",
    }
}

impl<'a> Facts<'a> {
    /// From the host's text.
    pub fn of(text: &'a str) -> Facts<'a> {
        let mut reader = Reader::new(text);
        let facts = Facts::read(&mut reader);
        // Half of the facts could prove what all of them do not.
        if reader.has_ended() { facts } else { Facts::read(&mut Reader::new("")) }
    }
}

/// So that tests can write facts as JSON.
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
impl<'de> serde::Deserialize<'de> for Facts<'static> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Facts<'static>, D::Error> {
        crate::data::value::Value::deserialize(deserializer).map(|object| Facts::of_object(&object))
    }
}
