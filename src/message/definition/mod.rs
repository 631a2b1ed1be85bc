//! A template's definition: what Meta approved, and with that what its parameters have to be.

pub mod compare;
pub mod placeholders;
pub mod preview;
pub mod read;
pub mod rich_text;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

/// What of a definition matters to who fills it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definition<'a> {
    /// The template's name, where the definition tells.
    pub name: Option<&'a str>,
    /// Its language.
    pub language: Option<&'a str>,
    /// `APPROVED`, `PAUSED` and others, in any case.
    pub status: Option<&'a str>,
    /// The header, if it has one.
    pub header: Option<Header<'a>>,
    /// The body's text.
    pub body: &'a str,
    /// The footer's text; empty when it has none.
    pub footer: &'a str,
    /// The buttons, in Meta's order, in which they are counted from 0.
    pub buttons: Vec<Button<'a>>,
    /// A component that needs what LiveDesk has no parameters for, such as `CAROUSEL`.
    pub unfillable: Option<&'a str>,
}

/// The header of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'a> {
    /// `text`, `image`, `video`, `document` or `location`; anything else as Meta writes it, and LiveDesk has no
    /// parameters for that.
    pub kind: &'a str,
    /// The text, of a text header.
    pub text: &'a str,
}

/// A button of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button<'a> {
    /// `quick_reply`, `url`, `otp`, `phone_number`; anything else as Meta writes it.
    pub kind: &'a str,
    /// What is written on it.
    pub text: &'a str,
    /// Where it leads; empty when it does not.
    pub url: &'a str,
    /// Whom it calls; empty when it does not.
    pub phone_number: &'a str,
}

/// Meta refuses a message that does not name these buttons (131008, 131009), and LiveDesk has no parameters for them.
const UNFILLABLE_BUTTONS: [&str; 6] = ["COPY_CODE", "FLOW", "CATALOG", "MPM", "SPM", "ORDER_DETAILS"];
/// The same of whole components.
const UNFILLABLE_COMPONENTS: [&str; 3] = ["CAROUSEL", "LIMITED_TIME_OFFER", "ORDER_DETAILS"];

impl<'a> Button<'a> {
    /// The `sub_type` that fills it, if any does.
    pub fn sub_type(&self) -> Option<&'static str> {
        match self.kind {
            // An authentication template's code goes the way of an address (Meta).
            "url" | "otp" => Some("url"),
            "quick_reply" => Some("quick_reply"),
            _ => None,
        }
    }

    /// Whether its address waits for a `text`.
    pub fn needs_text(&self) -> bool {
        self.kind == "otp" || placeholders::next(self.url).is_some()
    }

    /// Whether no message of LiveDesk's can fill it.
    pub fn is_unfillable(&self) -> bool {
        UNFILLABLE_BUTTONS.iter().any(|kind| kind.eq_ignore_ascii_case(self.kind))
    }
}
