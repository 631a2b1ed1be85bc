//! What all operations have in common that make a new message.

use crate::answer::expected::MESSAGE;
use crate::data::json::Writer;
use crate::request::body::Body;
use crate::request::operation::{Input, Operation, Outgoing};

/// JavaScript says the same where the engine broke down: the build takes it from here.
pub const MAY_BE_STORED: &str =
    "The message may have been stored: look at the conversation before you send it again.";

/// What differs is put over this.
pub const NEW_MESSAGE: Operation = Operation {
    name: "",
    path: "/api/v2/accounts/conversations/{conversation}/messages",
    fields: None,
    write: |_, _| None,
    expected: MESSAGE,
    is_template: false,
    refused: "Nothing was created.",
    perhaps: MAY_BE_STORED,
};

/// A body of JSON: the message's fields, then the extra ones.
pub fn json(input: &Input<'_>, write: &dyn Fn(&mut Writer)) -> Outgoing {
    if input.is_check {
        return Outgoing::new(Body::Empty);
    }
    let mut json = Writer::default();
    json.open('{');
    write(&mut json);
    json.fields(input.extra_fields());
    json.close('}');
    Outgoing::new(Body::Json(json.finish()))
}
