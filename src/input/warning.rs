//! What is worth telling `onEvent` although the call goes on. Never content: a warning is a constant.

/// A `warning` event.
#[derive(Debug, PartialEq, Eq)]
pub struct Warning {
    /// A stable word for programs.
    pub code: &'static str,
    /// What it means, for people.
    pub message: &'static str,
}

/// The answer has no list of attachments to compare with, since it is a partial one.
pub const ATTACHMENTS_UNCONFIRMED: Warning = Warning {
    code: "attachments_unconfirmed",
    message: "LiveDesk's answer does not list the message's files, so it cannot be told whether all of them arrived.",
};

/// A retry by id (seen upstream): nothing tells that the message failed.
pub const RETRY_UNCHECKED: Warning = Warning {
    code: "retry_unchecked",
    message: "The message is retried by its id alone: if it did not fail, LiveDesk may deliver it a second time, and \
              forgets its content_attributes, such as the message it replies to.",
};

/// A failed message that has a `source_id` (upstream before August 2026).
pub const RETRY_MAY_BE_SKIPPED: Warning = Warning {
    code: "retry_may_be_skipped",
    message: "The message has a source_id: LiveDesk may answer that it was sent without sending it again. See in the \
              channel whether it arrives.",
};
