//! Media types of file names.

use crate::data::text::{before, is_one_of, split, split_once};

/// Extensions and their media types, the ones support desks see, those that browsers know no type of among them.
/// `.opus` is labelled `audio/ogg`: WhatsApp takes no other label for it (upstream). `.m4v` is labelled `video/mp4`,
/// which it is, since upstream shows no other label as a video.
const TYPES: &str = "\
jpg image/jpeg
jpeg image/jpeg
jfif image/jpeg
png image/png
gif image/gif
bmp image/bmp
webp image/webp
avif image/avif
heic image/heic
svg image/svg+xml
tif image/tiff
tiff image/tiff
mp4 video/mp4
m4v video/mp4
ogv video/ogg
3gp video/3gpp
mov video/quicktime
webm video/webm
aac audio/aac
amr audio/amr
m4a audio/mp4
mp3 audio/mpeg
oga audio/ogg
ogg audio/ogg
opus audio/ogg
wav audio/wav
weba audio/webm
flac audio/flac
aiff audio/aiff
aif audio/aiff
mid audio/midi
midi audio/midi
txt text/plain
csv text/csv
html text/html
ics text/calendar
vcf text/vcard
json application/json
xml application/xml
pdf application/pdf
zip application/zip
doc application/msword
xls application/vnd.ms-excel
ppt application/vnd.ms-powerpoint
docx application/vnd.openxmlformats-officedocument.wordprocessingml.document
xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
pptx application/vnd.openxmlformats-officedocument.presentationml.presentation";

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    split(TYPES, "\n").filter_map(|row| split_once(row, " "))
}

/// What a file is called when nothing tells more.
pub const UNKNOWN: &str = "application/octet-stream";

/// What follows the last dot of a file name; empty when nothing does.
pub fn extension(name: &str) -> &str {
    split(name, ".").skip(1).last().unwrap_or_default()
}

/// The media type of a file name, by its extension; [`UNKNOWN`] when that says nothing.
pub fn of_name(name: &str) -> &'static str {
    let extension = extension(name);
    rows()
        .find(|(known, _)| extension.eq_ignore_ascii_case(known))
        .map_or(UNKNOWN, |(_, media_type)| media_type)
}

/// A name for a Blob, which has none: `attachment-1.png`.
pub fn default_name(media_type: &str, position: usize) -> String {
    let number = position.saturating_add(1);
    let essence = essence(media_type);
    let (dot, extension) =
        rows().find(|(_, known)| *known == essence).map_or(("", ""), |(extension, _)| (".", extension));
    format!("attachment-{number}{dot}{extension}")
}

/// The type without its parameters: `audio/ogg` of `audio/ogg; codecs=opus`.
pub fn essence(media_type: &str) -> &str {
    before(media_type, ";").trim()
}

/// The type as it is sent: small letters without parameters, since upstream compares the types of images and videos
/// letter by letter. Audio keeps them: it is told by its beginning, and `codecs=opus` says what WhatsApp wants.
pub fn to_send(given: &str) -> String {
    let small = given.to_ascii_lowercase();
    if small.starts_with("audio/") { small } else { essence(&small).to_owned() }
}

/// Whether this can stand in a Content-Type header: `type/subtype`, then parameters or nothing.
pub fn is_valid(media_type: &str) -> bool {
    let token = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_one_of(byte, "!#$&^_.+-"))
    };
    let printable = media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    printable
        && split_once(essence(media_type), "/").is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/media_type.rs"]
mod tests;
