//! The operations there are.

pub mod attachments;
mod new_message;
pub mod retry;
pub mod template;
pub mod text;

use crate::request::operation::Operation;

/// All of them.
pub const ALL: [&Operation; 4] = [&text::TEXT, &attachments::ATTACHMENTS, &template::TEMPLATE, &retry::RETRY];

/// The operation of a name.
pub fn named(name: &str) -> Option<&'static Operation> {
    ALL.into_iter().find(|operation| operation.name == name)
}
