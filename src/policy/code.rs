//! The codes by which a program tells failures apart.
//!
//! A code is told here once, with the class of its error and the outcome that it stands for. README's table and
//! `types/errors.d.ts` repeat the words for readers, and `errors.js` the rest for tests that make an error;
//! `tests/house/codes.test.mjs` compares them with this table. Two more are told where there is no engine, and by
//! JavaScript alone: `load_failed` and `internal_error`.

use crate::policy::outcome::Outcome;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $class:ident, $outcome:ident;)*) => {
        /// Why a call brought no message.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// The word in the JavaScript interface.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $word,)* }
            }

            /// The class of the error.
            pub fn class(self) -> &'static str {
                match self { $(Code::$name => stringify!($class),)* }
            }

            /// What it says of the message where nothing else is known.
            pub fn outcome(self) -> Outcome {
                match self { $(Code::$name => Outcome::$outcome,)* }
            }
        }
    };
}

codes! {
    /// What the caller wrote, or what the `authorization` function gave.
    InvalidInput = "invalid_input", ValidationError, NotSent;
    /// A redirect, which is never followed.
    Redirected = "redirected", ApiError, Rejected;
    /// 401 and 403.
    Unauthorized = "unauthorized", ApiError, Rejected;
    /// 404.
    NotFound = "not_found", ApiError, Rejected;
    /// 413.
    TooLarge = "too_large", ApiError, Rejected;
    /// 425 and 429.
    RateLimited = "rate_limited", ApiError, Rejected;
    /// Any other 4xx; some of them leave it open whether something was stored.
    InvalidRequest = "invalid_request", ApiError, Rejected;
    /// 408.
    RequestTimeout = "request_timeout", ApiError, Unknown;
    /// 5xx, and whatever is no status at all.
    ServerError = "server_error", ApiError, Unknown;
    /// The connection never came about.
    NotConnected = "not_connected", ConnectionError, NotSent;
    /// The server's certificate was refused.
    CertificateRefused = "certificate_refused", ConnectionError, NotSent;
    /// The `authorization` function threw.
    AuthorizationFailed = "authorization_failed", ConnectionError, NotSent;
    /// The runtime could not build the form, or fetch did not know it.
    FormFailed = "form_failed", ConnectionError, NotSent;
    /// A file cannot be read; in the middle of its upload that leaves it open whether something was stored.
    FileUnreadable = "file_unreadable", ConnectionError, NotSent;
    /// fetch brought no answer, and proved nothing.
    ConnectionLost = "connection_lost", ConnectionError, Unknown;
    /// `timeout` ran out.
    Timeout = "timeout", TimeoutError, Unknown;
    /// `totalTimeout` ran out, or is shorter than the client has to wait.
    TotalTimeout = "total_timeout", TimeoutError, Unknown;
    /// The caller's signal.
    Aborted = "aborted", AbortError, Unknown;
    /// A 2xx, or something stranger, that is not what was asked for.
    UnreadableResponse = "unreadable_response", ResponseError, Unknown;
    /// LiveDesk says that the delivery failed.
    DeliveryFailed = "delivery_failed", DeliveryError, Failed;
    /// LiveDesk's answer shows fewer files than were sent.
    AttachmentsLost = "attachments_lost", DeliveryError, Failed;
}

impl Code {
    /// The code of an error status; 0 is a redirect that a browser hides.
    pub fn of_status(status: u16) -> Code {
        match status {
            0 | 300..=399 => Code::Redirected,
            401 | 403 => Code::Unauthorized,
            404 => Code::NotFound,
            408 => Code::RequestTimeout,
            413 => Code::TooLarge,
            425 | 429 => Code::RateLimited,
            400..=499 => Code::InvalidRequest,
            _ => Code::ServerError,
        }
    }
}
