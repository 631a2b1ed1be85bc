//! Reading a definition: as Meta's API returns it, as an inbox lists it, or in short.

use super::{Button, Definition, Header, UNFILLABLE_COMPONENTS};
use crate::data::text::text;
use crate::data::value::Value;
use crate::input::issue::Issues;

/// Bytes. Meta takes 1,024 characters; what is longer is no template's text, and could hold so many variables that
/// comparing them would take its time.
const MOST_TEXT: usize = 8192;
/// Meta takes 10.
const MOST_BUTTONS: usize = 100;
/// The names of what LiveDesk has parameters for, and of what needs none.
const HEADERS: [&str; 5] = ["text", "image", "video", "document", "location"];
const BUTTONS: [&str; 4] = ["quick_reply", "url", "otp", "phone_number"];

/// The definition that is meant: the value itself, or of a list of them (Meta's `data`, an inbox's
/// `message_templates`) the one of this name and, if there is one, language.
pub fn pick<'a>(
    value: &'a Value,
    path: &str,
    name: Option<&str>,
    language: Option<&str>,
    issues: &mut Issues,
) -> Option<&'a Value> {
    let listed = ["data", "message_templates"].into_iter().find_map(|key| value.get(key));
    let Value::List(items) = listed.unwrap_or(value) else {
        return Some(value);
    };
    let has = |item: &Value, key, wanted| item.get(key).and_then(Value::as_text) == wanted;
    let named = || items.iter().filter(|item| name.is_some() && has(item, "name", name));
    let found = named().find(|item| has(item, "language", language)).or_else(|| named().next());
    if found.is_none() {
        let problem = text!("lists ", items.len(), " templates, and none of this name");
        issues.error(path, "unknown_template", &problem);
    }
    found
}

/// Reads a definition, or says why it is none.
pub fn read<'a>(value: &'a Value, path: &str, issues: &mut Issues) -> Option<Definition<'a>> {
    let read = match value.get("components") {
        Some(Value::List(components)) => read_components(components),
        _ => read_short(value),
    };
    let Some(mut definition) = read else {
        let problem = "is no template's definition: give the components that Meta's API returns, or \
                       { header, body, footer, buttons } with texts such as \"Hi {{1}}\" (of at most 8,192 bytes)";
        issues.error(path, "invalid_definition", problem);
        return None;
    };
    definition.name = text_of(value, "name");
    definition.language = text_of(value, "language");
    definition.status = text_of(value, "status");
    Some(definition)
}

fn read_components(components: &[Value]) -> Option<Definition<'_>> {
    let mut definition = Definition::default();
    for component in components {
        let kind = text_of(component, "type")?;
        let is = |name: &str| kind.eq_ignore_ascii_case(name);
        if is("header") {
            definition.header = Some(read_header(component)?);
        } else if is("body") {
            // Meta writes the text of an authentication template by itself, around the code.
            definition.body = short_text(component.get("text"), "{{1}}")?;
        } else if is("footer") {
            definition.footer = short_text(component.get("text"), "")?;
        } else if is("buttons") {
            definition.buttons = read_buttons(component.get("buttons"))?;
        } else if UNFILLABLE_COMPONENTS.iter().any(|name| is(name)) {
            definition.unfillable = Some(kind);
        }
    }
    Some(definition)
}

fn read_short(value: &Value) -> Option<Definition<'_>> {
    let header = match value.get("header") {
        None | Some(Value::Null) => None,
        Some(Value::Text(text)) => Some(Header { kind: "text", text: short(text)? }),
        Some(header @ Value::Object(_)) => Some(read_header(header)?),
        Some(_) => return None,
    };
    Some(Definition {
        header,
        body: short_text(Some(value.get("body")?), "")?,
        footer: short_text(value.get("footer"), "")?,
        buttons: read_buttons(value.get("buttons"))?,
        ..Definition::default()
    })
}

fn read_header(header: &Value) -> Option<Header<'_>> {
    // In short a header has a `type`; Meta's `type` says that it is a header.
    let format = text_of(header, "format").or_else(|| text_of(header, "type"));
    let kind = known(format.unwrap_or("text"), &HEADERS);
    let text = short_text(header.get("text"), "")?;
    Some(Header { kind, text })
}

fn read_buttons(value: Option<&Value>) -> Option<Vec<Button<'_>>> {
    let mut buttons = Vec::new();
    match value {
        None | Some(Value::Null) => {}
        Some(Value::List(items)) if items.len() <= MOST_BUTTONS => {
            for item in items {
                buttons.push(read_button(item)?);
            }
        }
        Some(_) => return None,
    }
    Some(buttons)
}

/// In short a button is its text, or for one that opens an address that.
fn read_button(item: &Value) -> Option<Button<'_>> {
    let mut button = Button { kind: "quick_reply", text: "", url: "", phone_number: "" };
    if let Value::Text(text) = item {
        let text = short(text)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            button.kind = "url";
            button.url = text;
        }
        button.text = text;
        return Some(button);
    }
    button.text = short_text(item.get("text"), "")?;
    button.url = short_text(item.get("url"), "")?;
    button.phone_number = short_text(item.get("phone_number"), "")?;
    button.kind = match text_of(item, "type") {
        Some(kind) => known(kind, &BUTTONS),
        None if !button.url.is_empty() => "url",
        None if !button.phone_number.is_empty() => "phone_number",
        None if button.text.is_empty() => return None,
        None => "quick_reply",
    };
    Some(button)
}

/// The name in small letters, if it is among these; else as it is.
fn known<'a>(name: &'a str, names: &[&'static str]) -> &'a str {
    names.iter().find(|known| known.eq_ignore_ascii_case(name)).copied().unwrap_or(name)
}

fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_text)
}

/// A text of a template, if it is one; `other` when there is none.
fn short_text<'a>(value: Option<&'a Value>, other: &'a str) -> Option<&'a str> {
    match value {
        None | Some(Value::Null) => Some(other),
        Some(value) => short(value.as_text().or_else(|| text_of(value, "text"))?),
    }
}

fn short(text: &str) -> Option<&str> {
    (text.len() <= MOST_TEXT).then_some(text)
}
