//! The answer to the one question that matters: did my message go out?

/// What became of a message whose call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing reached LiveDesk; sending again is safe.
    NotSent,
    /// LiveDesk refused it; nothing was created.
    Rejected,
    /// The message is in the conversation, its delivery failed.
    Failed,
    /// It may exist. Look before sending again.
    Unknown,
}

impl Outcome {
    /// The word in the JavaScript interface.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::NotSent => "not_sent",
            Outcome::Rejected => "rejected",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown",
        }
    }

    /// The outcome an HTTP status stands for, when it is not a success.
    ///
    /// A 3xx or 4xx refused the message. A 408 and any 5xx may hide a stored one: upstream is on record
    /// for answering 500 after the row was saved. So may any status that is not HTTP's.
    pub fn of_status(status: u16) -> Outcome {
        match status {
            408 => Outcome::Unknown,
            // 0 is a redirect whose status a browser hides.
            0 | 300..=499 => Outcome::Rejected,
            _ => Outcome::Unknown,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn only_redirects_and_client_errors_prove_that_nothing_was_created() {
        for status in 0..=u16::MAX {
            let rejected = matches!(status, 0 | 300..=407 | 409..=499);
            let expected = if rejected { Outcome::Rejected } else { Outcome::Unknown };
            assert_eq!(Outcome::of_status(status), expected, "{status}");
        }
    }
}
