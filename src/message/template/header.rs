//! The header of a template.

use crate::data::json::Writer;
use crate::data::text::{is_one_of, split_once};
use crate::data::value::Value;
use crate::input::fields::Fields;
use crate::input::issue::{Detail, Issues};
use crate::input::place::Place;
use crate::message::media_type::extension;
use crate::message::template::address;
use crate::message::template::variables::{
    ValueRule, Variables, check_length, read_optional, write_optional,
};

const VALUE: ValueRule = ValueRule { max_characters: 60, max_variables: Some(1) };
const MAX_URL: usize = 2000;
/// Characters of a document's name.
const MAX_NAME: usize = 240;
const TYPES: &str = "text, image, video, document or location";

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

/// Reads `header_params`.
pub fn read_header<'a>(value: &'a Value<'a>, place: &Place<'_>, issues: &mut Issues) -> Option<Header<'a>> {
    let fields = Fields::of(value, place, issues)?;
    match fields.require_text("type", issues)? {
        "text" => {
            fields.refuse_unknown(&["type", "text_variables"], "", issues);
            Some(Header::Text(read_optional(&fields, &VALUE, issues)))
        }
        "image" => read_media(&fields, "image", issues),
        "video" => read_media(&fields, "video", issues),
        "document" => read_media(&fields, "document", issues),
        "location" => {
            fields.refuse_unknown(&["type", "location"], "", issues);
            let location = fields.require("location", issues)?;
            read_location(location, &fields.place_of("location"), issues)
        }
        _ => {
            let problem = format!("must be {TYPES}");
            fields.error("type", "invalid_value", &problem, issues);
            None
        }
    }
}

fn read_media<'a>(fields: &Fields<'a, '_>, kind: &'static str, issues: &mut Issues) -> Option<Header<'a>> {
    let known: &'static [&'static str] =
        if kind == "document" { &["type", "media_url", "filename"] } else { &["type", "media_url"] };
    fields.refuse_unknown(known, "", issues);
    let filename = if kind == "document" { fields.text("filename", issues) } else { None };
    if let Some(filename) = filename {
        doubt_name(filename, &fields.place_of("filename"), issues);
    }
    let media_url = fields.require_text("media_url", issues)?;
    let place = fields.place_of("media_url");
    if is_absolute_http(media_url) {
        address::doubt(media_url, &place, issues);
    } else {
        issues.error(&place, "invalid_format", "must be an absolute address that starts with https://");
    }
    check_length(media_url, &place, MAX_URL, issues);
    Some(Header::Media { kind, media_url, filename })
}

/// WhatsApp shows a document by its name's extension, and cuts long names.
fn doubt_name(filename: &str, place: &Place<'_>, issues: &mut Issues) {
    if filename.chars().count() > MAX_NAME {
        issues.warning(place, "long_name", "is longer than 240 characters, and is cut");
    }
    if extension(filename).is_empty() {
        issues.warning(
            place,
            "no_extension",
            "has no extension such as .pdf, by which phones open a document",
        );
    }
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

fn read_location<'a>(value: &'a Value<'a>, place: &Place<'_>, issues: &mut Issues) -> Option<Header<'a>> {
    let fields = Fields::of(value, place, issues)?;
    fields.refuse_unknown(&["latitude", "longitude", "name", "address"], "", issues);
    let latitude = read_degrees(&fields, "latitude", 90, issues);
    let longitude = read_degrees(&fields, "longitude", 180, issues);
    let name = fields.text("name", issues);
    let address = fields.text("address", issues);
    for (key, given) in [("name", name), ("address", address)] {
        if given.is_none() {
            fields.warning(key, "not_given", "is not given; Meta asks for it, and may refuse", issues);
        }
    }
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
        let facts = [("limit", Detail::Number(i64::from(most)))];
        issues.error_with(&fields.place_of(key), "out_of_range", "must be from -{limit} to {limit}", &facts);
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
                write_optional(variables.as_ref(), json);
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
