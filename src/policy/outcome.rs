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
}
