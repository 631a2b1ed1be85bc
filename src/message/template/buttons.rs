//! The buttons of a template.

use crate::data::json::Writer;
use crate::data::text::split_once;
use crate::data::value::Value;
use crate::input::fields::{Fields, NUL, has_nul, wrong_type};
use crate::input::issue::{Issues, limit};
use crate::input::place::Place;
use crate::message::template::variables::{check_length, read_value};
use std::borrow::Cow;

const MAX_TEXT: usize = 2000;
const MAX_PAYLOAD: usize = 256;
/// Meta's pages differ: 128 here, 256 there.
const SAFE_PAYLOAD: usize = 128;
const MAX_BUTTONS: usize = 10;
const MAX_URL_BUTTONS: usize = 2;

/// The value of one button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button<'a> {
    /// Which button, from 0 to 9.
    pub index: i64,
    /// What it does.
    pub action: ButtonAction<'a>,
}

/// What a button does, by its `sub_type`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ButtonAction<'a> {
    /// `url`: opens an address; `text` is the part the template leaves open, at most 2,000 characters.
    Url {
        /// The open part of the address, if it has one.
        text: Option<Cow<'a, str>>,
    },
    /// `quick_reply`: answers; `payload` comes back with the answer, at most 256 characters.
    QuickReply {
        /// What comes back.
        payload: Option<&'a str>,
    },
}

/// Reads `button_params`.
pub fn read_buttons<'a>(
    value: &'a Value<'a>,
    place: &Place<'_>,
    issues: &mut Issues,
) -> Option<Vec<Button<'a>>> {
    let Value::List(items) = value else {
        wrong_type(issues, place, "an array", value);
        return None;
    };
    if items.len() > MAX_BUTTONS {
        let facts = limit(items.len(), MAX_BUTTONS);
        issues.error_with(place, "too_many", "has {actual} buttons; Meta takes at most {limit}", &facts);
    }
    let mut buttons = Vec::new();
    let mut places = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let place = place.item(position);
        let Some(fields) = Fields::of(item, &place, issues) else { continue };
        let index = read_index(&fields, issues);
        let action = read_action(&fields, issues);
        let Some(index) = index else { continue };
        places.push((index, position));
        if let Some(action) = action {
            buttons.push(Button { index, action });
        }
    }
    check_repeated(&places, place, issues);
    let is_url = |item: &&Value| item.get("sub_type").and_then(Value::as_text) == Some("url");
    let urls = items.iter().filter(is_url).count();
    if urls > MAX_URL_BUTTONS {
        let problem = "has {actual} url buttons; Meta takes at most {limit}";
        issues.error_with(place, "too_many", problem, &limit(urls, MAX_URL_BUTTONS));
    }
    Some(buttons)
}

fn read_action<'a>(fields: &Fields<'a, '_>, issues: &mut Issues) -> Option<ButtonAction<'a>> {
    match fields.require_text("sub_type", issues)? {
        "url" => {
            fields.refuse_unknown(&["index", "sub_type", "text"], "", issues);
            let text = given(fields, "text", "an address with a variable cannot do without (131008)", issues);
            let place = fields.place_of("text");
            let text = text.and_then(|text| read_value(text, &place, MAX_TEXT, issues));
            let after = text.as_ref().and_then(|text| split_once(text, ":")).unwrap_or_default().1;
            if after.starts_with("//") {
                let problem = "is a whole address; it takes the place of the address's variable alone";
                issues.warning(&place, "whole_address", problem);
            }
            Some(ButtonAction::Url { text })
        }
        "quick_reply" => {
            fields.refuse_unknown(&["index", "sub_type", "payload"], "", issues);
            let payload = given(fields, "payload", "nothing comes back with the customer's answer", issues);
            let payload = payload.and_then(|payload| read_payload(fields, payload, issues));
            Some(ButtonAction::QuickReply { payload })
        }
        _ => {
            let problem = "must be url or quick_reply";
            fields.error("sub_type", "invalid_value", problem, issues);
            None
        }
    }
}

/// A button's value, of which LiveDesk's page says that it is optional; one that is undefined was meant to be there.
fn given<'a>(
    fields: &Fields<'a, '_>,
    key: &str,
    consequence: &str,
    issues: &mut Issues,
) -> Option<&'a Value<'a>> {
    let value = fields.entries().iter().find(|(name, _)| *name == key).map(|(_, value)| value);
    if value.is_none() {
        let problem = format!("is not given; {consequence}");
        fields.warning(key, "not_given", &problem, issues);
    }
    value
}

fn read_payload<'a>(fields: &Fields<'_, '_>, payload: &'a Value<'a>, issues: &mut Issues) -> Option<&'a str> {
    let Value::Text(text) = payload else {
        fields.wrong_type("payload", "a string", payload, issues);
        return None;
    };
    let place = fields.place_of("payload");
    if has_nul(text) {
        issues.error(&place, NUL.0, NUL.1);
    } else if text.trim().is_empty() {
        issues.error(&place, "blank", "is blank; it comes back with the customer's answer");
    }
    check_length(text, &place, MAX_PAYLOAD, issues);
    if (SAFE_PAYLOAD..MAX_PAYLOAD).contains(&text.chars().count().saturating_sub(1)) {
        issues.warning(&place, "long_payload", "is longer than 128 characters, which Meta may refuse");
    }
    Some(text)
}

fn read_index(fields: &Fields<'_, '_>, issues: &mut Issues) -> Option<i64> {
    let value = fields.require("index", issues)?;
    let index = value.as_int().filter(|index| (0..=9).contains(index));
    if index.is_none() {
        let problem = "must be an integer from 0 to 9, the button's place in the template";
        fields.error("index", "out_of_range", problem, issues);
    }
    index
}

/// Each button's index, and its position in the list.
fn check_repeated(places: &[(i64, usize)], place: &Place<'_>, issues: &mut Issues) {
    // A bit for every index, which are below 10.
    let mut seen: u32 = 0;
    for (index, position) in places {
        let bit = 1_u32.rotate_left(*index as u32);
        if seen & bit != 0 {
            let item = place.item(*position);
            let problem = format!("is {} again; each button is given once", index);
            issues.error(&item.field("index"), "duplicate", &problem);
        }
        seen |= bit;
    }
}

impl Button<'_> {
    /// Adds the object of LiveDesk's page.
    pub fn write(&self, json: &mut Writer) {
        let (sub_type, key, text) = match &self.action {
            ButtonAction::Url { text } => ("url", "text", text.as_deref()),
            ButtonAction::QuickReply { payload } => ("quick_reply", "payload", *payload),
        };
        json.open('{');
        json.int_field("index", self.index);
        json.text_field("sub_type", sub_type);
        json.optional_text_field(key, text);
        json.close('}');
    }
}
