//! A button of a definition.

use super::{known, placeholders, text_of};
use crate::data::value::Value;

/// In short a button is its text, or one that opens an address that.
#[derive(Debug, Clone, Copy)]
pub struct Button<'a>(pub &'a Value<'a>);

/// Those whose names matter here. Of the last six, Meta refuses a message that does not name them (131008, 131009), and
/// LiveDesk has no parameters for them.
const KINDS: [&str; 10] = [
    "url",
    "otp",
    "quick_reply",
    "phone_number",
    "copy_code",
    "flow",
    "catalog",
    "mpm",
    "spm",
    "order_details",
];
const FILLABLE: usize = 4;

impl<'a> Button<'a> {
    /// One of `KINDS`, or as Meta writes it.
    pub fn kind(self) -> &'a str {
        match text_of(self.0, "type") {
            Some(kind) => known(kind, &KINDS),
            None if !self.url().is_empty() => "url",
            None if self.0.get("phone_number").is_some() => "phone_number",
            None => "quick_reply",
        }
    }

    /// What is written on it.
    pub fn text(self) -> &'a str {
        self.0.as_text().or_else(|| text_of(self.0, "text")).unwrap_or_default()
    }

    /// Where it leads; empty when it does not.
    pub fn url(self) -> &'a str {
        match self.0.as_text() {
            Some(text) if text.starts_with("https://") || text.starts_with("http://") => text,
            _ => text_of(self.0, "url").unwrap_or_default(),
        }
    }

    /// The `sub_type` that fills it, if any does.
    pub fn sub_type(self) -> Option<&'static str> {
        match self.kind() {
            // An authentication template's code goes the way of an address (Meta).
            "url" | "otp" => Some("url"),
            "quick_reply" => Some("quick_reply"),
            _ => None,
        }
    }

    /// Whether its address waits for a `text`.
    pub fn needs_text(self) -> bool {
        self.kind() == "otp" || placeholders::next(self.url()).is_some()
    }

    /// Whether no message of LiveDesk's can fill it.
    pub fn is_unfillable(self) -> bool {
        KINDS.iter().skip(FILLABLE).any(|kind| *kind == self.kind())
    }
}
