//! A template's definition: what Meta approved, and with that what its parameters have to be.
//!
//! It is looked into where it is needed, and not read into a model: most of it matters to nobody who fills it, and a
//! part that is not what Meta makes of it counts as none.

pub mod button;
pub mod compare;
pub mod placeholders;
pub mod preview;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

use crate::data::text::split;
use crate::data::value::Value;
use crate::input::issue::{Issue, Issues};
use crate::input::place::Place;
use crate::message::template::TemplateParams;

/// Reports what is wrong with parameters beside the definition, which stands at `place`; null or undefined is none.
pub fn check(definition: &Value, place: &Place<'_>, params: &Value, issues: &mut Issues) {
    if !definition.is_null()
        && let Some(definition) = Definition::find(definition, place, params, issues)
    {
        compare::compare(definition, params, issues);
    }
}

/// What the customer will read, as JSON: `{ header, body, footer, buttons }`, and what is wrong with the parameters.
pub fn preview(definition: &Value, params: &Value) -> (String, Vec<Issue>) {
    let mut issues = Issues::new();
    TemplateParams::read(params, &Place::Root("template_params"), &mut issues);
    let found = Definition::find(definition, &Place::Root("definition"), params, &mut issues);
    if let Some(definition) = found {
        compare::compare(definition, params, &mut issues);
    }
    let mut json = preview::preview(found.unwrap_or(Definition(&Value::Null)), params);
    json.close('}');
    (json.finish(), issues.into_vec())
}

/// A definition: as Meta's API returns it, as an inbox lists it, or in short.
#[derive(Debug, Clone, Copy)]
pub struct Definition<'a>(&'a Value<'a>);

/// Bytes. Meta takes 1,024 characters; what is longer is no template's text, and could hold so many variables that
/// comparing them would take its time.
const MOST_TEXT: usize = 8192;
/// Meta takes 10 buttons.
const MOST_BUTTONS: usize = 100;
/// The headers that LiveDesk has parameters for.
const HEADERS: [&str; 5] = ["text", "image", "video", "document", "location"];
/// Meta refuses a message that brings nothing for these components, and LiveDesk has no parameters for them.
const UNFILLABLE: [&str; 3] = ["carousel", "limited_time_offer", "order_details"];

impl<'a> Definition<'a> {
    /// The definition that is meant: the value itself, or of a list of them (Meta's `data`, an inbox's
    /// `message_templates`) the one of the parameters' name and, if there is one, language.
    fn find(
        value: &'a Value<'a>,
        place: &Place<'_>,
        params: &Value,
        issues: &mut Issues,
    ) -> Option<Definition<'a>> {
        let listed = value.get("data").or_else(|| value.get("message_templates")).unwrap_or(value);
        let mut found = None;
        if let Value::List(items) = listed {
            let wanted = |key: &str, item: &Value| match (text_of(params, key), text_of(item, key)) {
                (Some(wanted), Some(name)) => wanted == name,
                _ => false,
            };
            for item in items.iter().filter(|item| wanted("name", item)) {
                if found.is_none() || wanted("language", item) {
                    found = Some(item);
                }
            }
        } else {
            found = Some(listed);
        }
        let Some(value) = found else {
            issues.error(place, "unknown_template", "lists no template of this name");
            return None;
        };
        let definition = Definition(value);
        if definition.part("body").is_none() {
            let problem = "is no definition: give the components of Meta's API, or \
                           { header, body, footer, buttons } with texts";
            issues.error(place, "invalid_definition", problem);
            return None;
        }
        Some(definition)
    }

    /// Its header, body, footer or buttons.
    fn part(self, kind: &str) -> Option<&'a Value<'a>> {
        match self.0.get("components") {
            Some(Value::List(components)) => components.iter().find(|component| is_of(component, kind)),
            _ => self.0.get(kind).filter(|part| !part.is_null()),
        }
    }

    /// The text of a part; empty when it has none.
    fn text(self, kind: &str) -> &'a str {
        let Some(part) = self.part(kind) else { return "" };
        // Meta writes the text of an authentication template by itself, around the code.
        let other = if kind == "body" { "{{1}}" } else { "" };
        let text = part.as_text().or_else(|| text_of(part, "text")).unwrap_or(other);
        if text.len() > MOST_TEXT { "" } else { text }
    }

    /// The kind of header, if it has one: one of [`HEADERS`], or as Meta writes it.
    fn header(self) -> Option<&'a str> {
        let header = self.part("header")?;
        // In short a header has a `type`; Meta's `type` says that it is a header.
        let kind = text_of(header, "format").or_else(|| text_of(header, "type")).unwrap_or("text");
        Some(known(kind, &HEADERS))
    }

    fn buttons(self) -> &'a [Value<'a>] {
        let part = self.part("buttons").unwrap_or(&Value::Null);
        let buttons = items(part.get("buttons").unwrap_or(part));
        buttons.get(..MOST_BUTTONS).unwrap_or(buttons)
    }

    /// A component that no message of LiveDesk's can fill.
    fn unfillable(self) -> Option<&'static str> {
        UNFILLABLE.iter().copied().find(|kind| self.part(kind).is_some())
    }
}

/// Whether it is a component of this type.
fn is_of(component: &Value, kind: &str) -> bool {
    text_of(component, "type").is_some_and(|given| same(given, kind))
}

fn text_of<'a>(value: &Value<'a>, key: &str) -> Option<&'a str> {
    value.get(key)?.as_text()
}

/// Where the parameters of parts stand.
const BODY: &str = "template_params.processed_params";
const HEADER: &str = "template_params.header_params";
const HEADER_TEXT: &str = "template_params.header_params.text_variables";
const FOOTER_TEXT: &str = "template_params.footer_params.text_variables";
const BUTTONS: &str = "template_params.button_params";

/// What stands there in the parameters; null when nothing does.
fn at<'a>(params: &'a Value<'a>, path: &'static str) -> &'a Value<'a> {
    let mut value = params;
    let mut keys = split(path, ".");
    // The parameters themselves.
    keys.next();
    for key in keys {
        value = value.get(key).unwrap_or(&Value::Null);
    }
    value
}

/// The parameters of the button with this index; null when there are none.
fn filling<'a>(params: &'a Value<'a>, index: i64) -> &'a Value<'a> {
    let given = items(at(params, BUTTONS)).iter().find(|item| index_of(item) == Some(index));
    given.unwrap_or(&Value::Null)
}

fn index_of(item: &Value) -> Option<i64> {
    item.get("index")?.as_int()
}

fn items<'a>(list: &'a Value<'a>) -> &'a [Value<'a>] {
    match list {
        Value::List(items) => items,
        _ => &[],
    }
}

/// Whether two words are the same but for their case: Meta's API has them in large letters, others in small ones.
fn same(word: &str, other: &str) -> bool {
    word.eq_ignore_ascii_case(other)
}

/// The word in small letters, if it is among these; else as it is.
fn known<'a>(word: &'a str, words: &[&'static str]) -> &'a str {
    words.iter().find(|other| same(word, other)).copied().unwrap_or(word)
}
