//! A message with attachments.

use crate::data::value::{BUFFER, Binary, Value};
use crate::input::fields::{EXTRA_HINT, Fields, NUL, wrong_type};
use crate::input::issue::{Issues, limit};
use crate::input::place::Place;
use crate::message::file::{AttachmentFile, MAX_ATTACHMENTS};
use crate::message::limits::Channel;
use crate::message::{content, file_name, media_type};

/// The fields of a message with attachments.
pub const FIELDS: [&str; 4] = ["attachments", "content", "private", "content_attributes"];
const ATTACHMENT_FIELDS: [&str; 3] = ["data", "name", "type"];

/// Follows what a file must be.
const HINT: &str = " (fileFromPath of engagelab-livedesk/node makes a File of a path)";

/// Files for a conversation, with an optional caption.
#[derive(Debug, Clone, PartialEq)]
pub struct AttachmentMessage<'a> {
    /// 1 to 15 files.
    pub attachments: Vec<AttachmentFile>,
    /// The caption, if it says anything.
    pub content: Option<&'a str>,
    /// A note that only agents see. Default false.
    pub private: Option<bool>,
    /// Open object, sent as JSON text.
    pub content_attributes: Option<&'a Value<'a>>,
}

impl<'a> AttachmentMessage<'a> {
    /// Reads what the caller wrote, reporting everything wrong with it.
    pub fn read(
        message: &'a Value<'a>,
        channel: Option<Channel>,
        issues: &mut Issues,
    ) -> Option<AttachmentMessage<'a>> {
        let fields = Fields::of(message, &Place::MESSAGE, issues)?;
        let attachments = read_list(&fields, content::public(&fields, channel), issues);
        let content = content::caption(&fields, channel, issues);
        let (private, content_attributes) = content::private_and_attributes(&fields, issues);
        fields.refuse_unknown(&FIELDS, EXTRA_HINT, issues);
        Some(AttachmentMessage { attachments: attachments?, content, private, content_attributes })
    }
}

fn read_list(
    fields: &Fields<'_, '_>,
    channel: Option<Channel>,
    issues: &mut Issues,
) -> Option<Vec<AttachmentFile>> {
    let place = fields.place_of("attachments");
    let items = match fields.require("attachments", issues)? {
        Value::List(items) => items,
        other => {
            wrong_type(
                issues,
                &place,
                "an array of files, such as fileFromPath of engagelab-livedesk/node makes",
                other,
            );
            return None;
        }
    };
    if items.is_empty() {
        issues.error(&place, "required", "is empty; give at least one file, or use sendText");
    }
    let most = channel.map_or(MAX_ATTACHMENTS, Channel::max_attachments);
    if items.len() > most {
        let taker = channel.map_or("LiveDesk", Channel::as_str);
        let problem = format!("has {{actual}} files; {taker} takes at most {{limit}} a message");
        issues.error_with(&place, "too_many", &problem, &limit(items.len(), most));
    }
    let mut files = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let place = place.item(position);
        let Some(file) = read_file(item, &place, position, issues) else { continue };
        if let Some(problem) = channel.and_then(|channel| channel.file_problem(&file)) {
            issues.error_with(
                &place,
                problem.code,
                &problem.message,
                problem.facts.as_ref().map_or(&[], |facts| facts),
            );
        }
        files.push(file);
    }
    Some(files)
}

fn read_file(
    item: &Value,
    place: &Place<'_>,
    position: usize,
    issues: &mut Issues,
) -> Option<AttachmentFile> {
    // A bare buffer has neither name nor type, so it comes as `data`.
    if let Value::Binary(binary) = item
        && binary.media_type != BUFFER
    {
        let name = match binary.name {
            Some(name) => name,
            // A Blob has no name of its own; one from its type beats the "blob" a browser would send.
            None => &media_type::default_name(binary.media_type, position),
        };
        let given = Given { binary, name, media_type: binary.media_type, position };
        return checked(&given, place, &place.field("name"), issues);
    }
    if !matches!(item, Value::Object(_)) {
        wrong_type(issues, place, &format!("a Blob, a File or {{ data, name, type? }}{}", hint(item)), item);
        return None;
    }
    let fields = Fields::of(item, place, issues)?;
    fields.refuse_unknown(&ATTACHMENT_FIELDS, "", issues);
    let data = fields.require("data", issues);
    let name = fields.require_text("name", issues);
    let given_type = read_type(&fields, issues);
    let data_place = place.field("data");
    match data? {
        Value::Binary(binary) => {
            let media_type = given_type.unwrap_or(binary.media_type);
            let given = Given { binary, name: name?, media_type, position };
            checked(&given, &data_place, &place.field("name"), issues)
        }
        other => {
            wrong_type(
                issues,
                &data_place,
                &format!("a Blob, an ArrayBuffer or a typed array{}", hint(other)),
                other,
            );
            None
        }
    }
}

/// For who gives a file's path, or a stream that reads it.
fn hint(item: &Value) -> &'static str {
    match item {
        Value::Text(_) => HINT,
        Value::Foreign(what) if *what == "a stream" => HINT,
        _ => "",
    }
}

fn read_type<'a>(fields: &Fields<'a, '_>, issues: &mut Issues) -> Option<&'a str> {
    let given = fields.text("type", issues)?;
    if !media_type::is_valid(given) {
        fields.error("type", "invalid_format", "must be a media type such as image/png", issues);
    }
    Some(given)
}

/// A file as the caller gave it.
struct Given<'a> {
    binary: &'a Binary<'a>,
    name: &'a str,
    media_type: &'a str,
    position: usize,
}

fn checked(
    given: &Given<'_>,
    data_place: &Place<'_>,
    name_place: &Place<'_>,
    issues: &mut Issues,
) -> Option<AttachmentFile> {
    let Given { binary, name, media_type, position } = *given;
    if file_name::has_nul(name) {
        issues.error(name_place, NUL.0, NUL.1);
    }
    if binary.size == 0 {
        issues.error(data_place, "empty_file", "has no bytes");
    }
    let name = file_name::arriving(name, media_type, position);
    let media_type = if media_type::is_valid(media_type) {
        media_type::to_send(media_type)
    } else {
        media_type::of_name(&name).to_owned()
    };
    Some(AttachmentFile { index: binary.index, size: binary.size, name, media_type })
}
