//! The header, footer and buttons of a template.

use crate::data::json::Writer;
use crate::data::text::{is_one_of, split_once, text};
use crate::data::value::Value;
use crate::input::fields::{Fields, NUL, has_nul, wrong_type};
use crate::input::issue::{Issues, field_path, item_path};
use crate::message::template::variables::{ValueRule, Variables, check_length, read_value};
use std::borrow::Cow;

const HEADER_VALUE: ValueRule = ValueRule { max_characters: 60, max_variables: Some(1) };
const FOOTER_VALUE: ValueRule = ValueRule { max_characters: 60, max_variables: None };
const MAX_URL: usize = 2000;
const MAX_PAYLOAD: usize = 256;
const MAX_BUTTONS: usize = 10;
const MAX_URL_BUTTONS: usize = 2;
const HEADER_TYPES: &str = "text, image, video, document or location";

/// The header of a template, by its `type`.
#[derive(Debug, Clone, PartialEq)]
pub enum Header<'a> {
    /// A text header, whose one variable, if it has one, is of at most 60 characters.
    Text(Option<Variables<'a>>),
    /// An image, video or document by its address.
    Media {
        /// `image`, `video` or `document`.
        kind: &'static str,
        /// Absolute http(s), at most 2,000 characters.
        media_url: &'a str,
        /// The name shown for a document.
        filename: Option<&'a str>,
    },
    /// A place on the map.
    Location {
        /// Degrees, -90 to 90.
        latitude: f64,
        /// Degrees, -180 to 180.
        longitude: f64,
        /// What the place is called.
        name: Option<&'a str>,
        /// Where it is, in words.
        address: Option<&'a str>,
    },
}

/// The footer of a template, with its variables, if it has any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer<'a>(pub Option<Variables<'a>>);

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

/// Reads `header_params`.
pub fn read_header<'a>(value: &'a Value<'a>, path: &str, issues: &mut Issues) -> Option<Header<'a>> {
    let fields = Fields::of(value, path, issues)?;
    match fields.require_text("type", issues)? {
        "text" => {
            fields.refuse_unknown(&["type", "text_variables"], "", issues);
            Some(Header::Text(read_variables(&fields, &HEADER_VALUE, issues)))
        }
        "image" => read_media(&fields, "image", issues),
        "video" => read_media(&fields, "video", issues),
        "document" => read_media(&fields, "document", issues),
        "location" => {
            fields.refuse_unknown(&["type", "location"], "", issues);
            let location = fields.require("location", issues)?;
            read_location(location, &fields.path_of("location"), issues)
        }
        _ => {
            let problem = text!("must be ", HEADER_TYPES);
            fields.error("type", "invalid_value", &problem, issues);
            None
        }
    }
}

fn read_media<'a>(fields: &Fields<'a, '_>, kind: &'static str, issues: &mut Issues) -> Option<Header<'a>> {
    let known: &[&str] =
        if kind == "document" { &["type", "media_url", "filename"] } else { &["type", "media_url"] };
    fields.refuse_unknown(known, "", issues);
    let filename = if kind == "document" { fields.text("filename", issues) } else { None };
    let media_url = fields.require_text("media_url", issues)?;
    let path = fields.path_of("media_url");
    if !is_absolute_http(media_url) {
        issues.error(&path, "invalid_format", "must be an absolute address that starts with https://");
    }
    check_length(media_url, &path, MAX_URL, issues);
    Some(Header::Media { kind, media_url, filename })
}

/// `http(s)://`, the beginning of a host, and no white space.
fn is_absolute_http(address: &str) -> bool {
    let (scheme, rest) = split_once(address, ":").unwrap_or_default();
    let host = rest.strip_prefix("//").unwrap_or_default();
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        && !host.is_empty()
        && !host.bytes().next().is_some_and(|first| is_one_of(first, "/?#:."))
        && !address.contains(|other: char| other.is_whitespace() || other.is_control())
}

fn read_location<'a>(value: &'a Value<'a>, path: &str, issues: &mut Issues) -> Option<Header<'a>> {
    let fields = Fields::of(value, path, issues)?;
    fields.refuse_unknown(&["latitude", "longitude", "name", "address"], "", issues);
    let latitude = read_degrees(&fields, "latitude", 90, issues);
    let longitude = read_degrees(&fields, "longitude", 180, issues);
    let name = fields.text("name", issues);
    let address = fields.text("address", issues);
    Some(Header::Location { latitude: latitude?, longitude: longitude?, name, address })
}

fn read_degrees(fields: &Fields<'_, '_>, key: &str, most: i16, issues: &mut Issues) -> Option<f64> {
    let value = fields.require(key, issues)?;
    let degrees = match value {
        // No degrees are above 2^53, so none loses a digit.
        Value::Int(degrees) => *degrees as f64,
        Value::Float(degrees) if degrees.is_finite() => *degrees,
        other => {
            fields.wrong_type(key, "a finite number of degrees", other, issues);
            return None;
        }
    };
    if degrees.abs() > f64::from(most) {
        let problem = text!("must be from -", most, " to ", most);
        fields.error(key, "out_of_range", &problem, issues);
    }
    Some(degrees)
}

impl Header<'_> {
    /// Adds the object of LiveDesk's page.
    pub fn write(&self, json: &mut Writer) {
        json.open('{');
        match self {
            Header::Text(variables) => {
                json.text_field("type", "text");
                write_variables(variables.as_ref(), json);
            }
            Header::Media { kind, media_url, filename } => {
                json.text_field("type", kind);
                json.text_field("media_url", media_url);
                json.optional_text_field("filename", *filename);
            }
            Header::Location { latitude, longitude, name, address } => {
                json.text_field("type", "location");
                json.key("location");
                json.open('{');
                json.float_field("latitude", *latitude);
                json.float_field("longitude", *longitude);
                json.optional_text_field("name", *name);
                json.optional_text_field("address", *address);
                json.close('}');
            }
        }
        json.close('}');
    }
}

/// Optional in a header and in a footer: its text can be fixed.
fn read_variables<'a>(
    fields: &Fields<'a, '_>,
    rule: &ValueRule,
    issues: &mut Issues,
) -> Option<Variables<'a>> {
    Variables::read(fields.get("text_variables")?, &fields.path_of("text_variables"), rule, issues)
}

fn write_variables(variables: Option<&Variables<'_>>, json: &mut Writer) {
    if let Some(variables) = variables {
        variables.write("text_variables", json);
    }
}

/// Reads `footer_params`.
pub fn read_footer<'a>(value: &'a Value<'a>, path: &str, issues: &mut Issues) -> Option<Footer<'a>> {
    let fields = Fields::of(value, path, issues)?;
    fields.refuse_unknown(&["text_variables"], "", issues);
    Some(Footer(read_variables(&fields, &FOOTER_VALUE, issues)))
}

impl Footer<'_> {
    /// Adds the object of LiveDesk's page.
    pub fn write(&self, json: &mut Writer) {
        json.open('{');
        write_variables(self.0.as_ref(), json);
        json.close('}');
    }
}

/// Reads `button_params`.
pub fn read_buttons<'a>(value: &'a Value<'a>, path: &str, issues: &mut Issues) -> Option<Vec<Button<'a>>> {
    let Value::List(items) = value else {
        wrong_type(issues, path, "an array", value);
        return None;
    };
    if items.len() > MAX_BUTTONS {
        let problem = text!("has ", items.len(), " buttons; Meta takes at most ", MAX_BUTTONS);
        issues.error(path, "too_many", &problem);
    }
    let mut buttons = Vec::new();
    let mut places = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let path = item_path(path, position);
        let Some(fields) = Fields::of(item, &path, issues) else { continue };
        let index = read_index(&fields, issues);
        let action = read_action(&fields, issues);
        let Some(index) = index else { continue };
        places.push((index, position));
        if let Some(action) = action {
            buttons.push(Button { index, action });
        }
    }
    check_repeated(&places, path, issues);
    let is_url = |item: &&Value| item.get("sub_type").and_then(Value::as_text) == Some("url");
    if items.iter().filter(is_url).count() > MAX_URL_BUTTONS {
        let problem = text!("has more than ", MAX_URL_BUTTONS, " url buttons, the most Meta takes");
        issues.error(path, "too_many", &problem);
    }
    Some(buttons)
}

fn read_action<'a>(fields: &Fields<'a, '_>, issues: &mut Issues) -> Option<ButtonAction<'a>> {
    match fields.require_text("sub_type", issues)? {
        "url" => {
            fields.refuse_unknown(&["index", "sub_type", "text"], "", issues);
            let text = given(fields, "text", "an address with a variable cannot do without (131008)", issues);
            let path = fields.path_of("text");
            let text = text.and_then(|text| read_value(text, &path, MAX_URL, issues));
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
        let problem = text!("is not given; ", consequence);
        issues.warning(&fields.path_of(key), "not_given", &problem);
    }
    value
}

fn read_payload<'a>(fields: &Fields<'_, '_>, payload: &'a Value<'a>, issues: &mut Issues) -> Option<&'a str> {
    let Value::Text(text) = payload else {
        fields.wrong_type("payload", "a string", payload, issues);
        return None;
    };
    let path = fields.path_of("payload");
    if has_nul(text) {
        issues.error(&path, NUL.0, NUL.1);
    } else if text.trim().is_empty() {
        issues.error(&path, "blank", "is blank; it comes back with the customer's answer");
    }
    check_length(text, &path, MAX_PAYLOAD, issues);
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
fn check_repeated(places: &[(i64, usize)], path: &str, issues: &mut Issues) {
    // A bit for every index, which are below 10.
    let mut seen: u32 = 0;
    for (index, position) in places {
        let bit = 1_u32.rotate_left(*index as u32);
        if seen & bit != 0 {
            let path = field_path(&item_path(path, *position), "index");
            let problem = text!("is ", *index, " again; each button is given once");
            issues.error(&path, "duplicate", &problem);
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
