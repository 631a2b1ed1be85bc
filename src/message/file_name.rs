//! The name a file arrives under, and how it is written so that it does.
//!
//! Upstream's Rack reads a part's name from its header, percent-decodes it and keeps what follows the last slash or
//! backslash. A part whose header line is too long is ignored, as is one without a name, and the message is stored
//! without the file all the same.

use super::media_type;
use crate::data::text::split;
use crate::input::fields;

/// The most bytes of a name as written: Rack loses those above 1,492, and no system's own names need more than 765.
const MAX_BYTES: usize = 1024;
/// The most bytes of an extension worth keeping; what stands behind the last dot of a longer one is no extension.
const MAX_EXTENSION: usize = 32;
/// The most marks that are taken off with the character they belong to.
const MAX_MARKS: usize = 16;

/// Whether upstream refuses the name: NUL, or what becomes one when the name is percent-decoded.
pub fn has_nul(name: &str) -> bool {
    fields::has_nul(name) || name.as_bytes().windows(3).any(|three| three == b"%00")
}

/// The name that arrives: the last part of a path that says something, cut to what fits with its extension kept, or
/// one made from the type. `position` counts the message's files from 0.
pub fn arriving(name: &str, media_type: &str, position: usize) -> String {
    let mut last = None;
    for part in split(name, "/\\").filter(|part| says_something(part)) {
        last = Some(part);
    }
    last.map_or_else(|| media_type::default_name(media_type, position), fit)
}

/// The name as it is written into the part's header.
///
/// Quotes and line breaks are written as forms write them. `%` and `;` are written likewise, since Rack decodes all of
/// them: with `%` as it is another name would arrive, and `; name=` makes Rack 2.2 take the part for another field.
pub fn escape(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        match character {
            '"' => out.push_str("%22"),
            '%' => out.push_str("%25"),
            ';' => out.push_str("%3B"),
            '\n' => out.push_str("%0A"),
            '\r' => out.push_str("%0D"),
            plain => out.push(plain),
        }
    }
    out
}

fn says_something(part: &str) -> bool {
    part.chars().any(|character| character != '.' && !character.is_whitespace() && !character.is_control())
}

fn fit(name: &str) -> String {
    if written_bytes(name) <= MAX_BYTES {
        return name.to_owned();
    }
    let extension = media_type::extension(name);
    let is_kept = (1..=MAX_EXTENSION).contains(&extension.len());
    let end = if is_kept { format!(".{extension}") } else { String::new() };
    let stem = name.strip_suffix(end.as_str()).unwrap_or(name);
    format!("{}{end}", cut(stem, MAX_BYTES.saturating_sub(written_bytes(&end))))
}

/// The beginning of at most `most` bytes as written, without half of what a reader sees as one character.
fn cut(stem: &str, most: usize) -> &str {
    let mut bytes: usize = 0;
    let mut end = stem.len();
    for (at, character) in stem.char_indices() {
        bytes = bytes.saturating_add(written_len(character));
        if bytes > most {
            end = at;
            break;
        }
    }
    for _ in 0..MAX_MARKS {
        let (kept, rest) = stem.split_at(end);
        let Some(last) = kept.chars().next_back() else { break };
        if last != JOINER && !rest.chars().next().is_some_and(belongs_to_the_last) {
            break;
        }
        end = end.saturating_sub(last.len_utf8());
    }
    stem.split_at(end).0
}

const JOINER: char = '\u{200d}';

/// Accents, variants, skin tones and joiners: what follows the character they belong to.
fn belongs_to_the_last(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}' | JOINER)
}

fn written_bytes(text: &str) -> usize {
    text.chars().fold(0, |sum: usize, character| sum.saturating_add(written_len(character)))
}

fn written_len(character: char) -> usize {
    match character {
        '"' | '%' | ';' | '\n' | '\r' => 3,
        plain => plain.len_utf8(),
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/file_name.rs"]
mod tests;
