//! An attempt that brought no message: all that is decided or told about it later.

use crate::policy::code::Code;
use crate::policy::outcome::Outcome;

/// A failed attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Failed {
    /// Why.
    pub code: Code,
    /// What became of the message in its own request.
    pub outcome: Outcome,
    /// Whether another request of the attempt, made by a wrapper of fetch, may have stored the message.
    pub maybe_stored: bool,
    /// Whether nothing was sent because of something that may be over at the next attempt.
    pub may_pass: bool,
    /// The HTTP status, if one came; 0 for a redirect that a browser hides.
    pub status: Option<u16>,
    /// What Retry-After asked for; of a client that has to wait, how long still.
    pub retry_after_ms: Option<f64>,
    /// What else a reader is told.
    pub detail: Detail,
}

/// What the code does not say.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// Nothing.
    None,
    /// fetch opens no connection to such a port.
    BadPort,
    /// It is a page, which is not told why.
    InPage,
    /// The file's place among the attachments.
    File(usize),
    /// The runtime's own code, such as `ECONNRESET`.
    Runtime(String),
    /// What the body of an error status says, and where its Location header points.
    Answer(Option<String>, Option<String>),
    /// What stands in place of what was asked for.
    Instead(&'static str),
}

impl Failed {
    /// With the outcome that the code stands for.
    pub fn new(code: Code) -> Failed {
        Failed {
            code,
            outcome: code.outcome(),
            maybe_stored: false,
            may_pass: false,
            status: None,
            retry_after_ms: None,
            detail: Detail::None,
        }
    }

    /// Before anything was sent.
    pub fn unsent(code: Code) -> Failed {
        let mut failed = Failed::new(code);
        failed.outcome = Outcome::NotSent;
        failed
    }

    /// A file could not be read before its attempt; `index` is its place among the attachments.
    pub fn unreadable(index: Option<usize>) -> Failed {
        let mut failed = Failed::unsent(Code::FileUnreadable);
        failed.detail = index.map_or(Detail::None, Detail::File);
        failed
    }

    /// The attempt's time was over, or the call's, before a connection: nothing was sent, and will be.
    pub fn late() -> Failed {
        let mut failed = Failed::unsent(Code::Timeout);
        failed.may_pass = true;
        failed
    }

    /// Ended by the caller's signal or the clock; `sent` unless it is known that nothing was.
    pub fn stopped(aborted: bool, sent: bool) -> Failed {
        let code = if aborted { Code::Aborted } else { Code::Timeout };
        if sent { Failed::new(code) } else { Failed::unsent(code) }
    }

    /// Whether LiveDesk, or something in front of it, answered with an error status.
    pub fn is_refusal(&self) -> bool {
        matches!(self.detail, Detail::Answer(..))
    }

    /// What became of the message in the whole attempt.
    pub fn outcome_of_all(&self) -> Outcome {
        if self.maybe_stored { Outcome::Unknown } else { self.outcome }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/failed.rs"]
mod tests;
