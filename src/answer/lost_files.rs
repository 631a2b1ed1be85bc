//! Which files an answer shows, compared with those that were sent.
//!
//! Upstream drops a file that it cannot make out of the form and stores the message without it, with a success.

use crate::answer::message::{Attachment, Message};
use crate::data::text::{before, is_one_of, one_line, split};
use crate::data::value::Value;
use crate::message::file::AttachmentFile;
use crate::message::media_type;

/// In every whole answer, and not together in the partial ones of templates and failures.
const WHOLE: [&str; 3] = ["content_type", "message_type", "private"];
/// How much of a name, and how many names, a sentence has.
const MAX_NAME: usize = 60;
const MAX_NAMES: usize = 5;
/// What upstream writes as a dash in the name of an address, since some file system does not take it.
const DASHES: &str = "%$|:;/<>?*\"\t\r\n\\";

/// What an answer says of the files that were sent.
#[derive(Debug, PartialEq, Eq)]
pub enum Arrived {
    /// It shows as many.
    All,
    /// It shows none and is no whole message, which proves nothing.
    Unknown,
    /// It is a whole message with fewer.
    Fewer(Lost),
}

/// Files that are not in the message.
#[derive(Debug, PartialEq, Eq)]
pub struct Lost {
    names: Vec<String>,
    count: usize,
    of: usize,
}

/// Compares an answer, which is `message`, with what was sent.
pub fn compare(sent: &[AttachmentFile], answer: &Value) -> Arrived {
    let shown = match answer.get("attachments") {
        None | Some(Value::Null) => Some(0),
        Some(Value::List(items)) => Some(items.len()),
        Some(_) => None,
    };
    let is_whole = WHOLE.iter().all(|key| answer.get(key).is_some());
    match (shown, Message::read(answer)) {
        (Some(count), _) if count >= sent.len() => Arrived::All,
        (Some(count), Some(message)) if is_whole => Arrived::Fewer(Lost {
            names: missing(sent, message),
            count: sent.len().saturating_sub(count),
            of: sent.len(),
        }),
        _ => Arrived::Unknown,
    }
}

impl Lost {
    /// What to do, in one sentence.
    pub fn advice(&self) -> String {
        let mut what = String::new();
        let mut before = "";
        for name in self.names.iter().take(MAX_NAMES) {
            what.push_str(&format!("{before}{}", one_line(name, MAX_NAME)));
            before = ", ";
        }
        if self.names.is_empty() {
            what.push_str(&format!("{} of its {} files", self.count, self.of));
        } else if self.count > MAX_NAMES {
            what.push_str(", ...");
        }
        let again = if self.names.len() == 1 { &what } else { "what is missing" };
        format!(
            "The message is in the conversation without {what}; send only {again} again, under another name."
        )
    }
}

/// The names of the files that are not shown; none when that cannot be told.
fn missing(sent: &[AttachmentFile], answer: Message<'_>) -> Vec<String> {
    let mut left = Vec::new();
    sent.iter().for_each(|file| left.push(file));
    let mut guessed = Vec::new();
    for by_name in [true, false] {
        for attachment in answer.attachments() {
            let name = name_shown(attachment);
            let is_named = |file: &AttachmentFile| name.as_deref() == Some(&dashed(file.name.as_bytes()));
            if sent.iter().any(is_named) != by_name {
                continue;
            }
            let is_it = |file: &&AttachmentFile| fits(file, attachment) && (!by_name || is_named(file));
            let Some(at) = left.iter().position(is_it) else {
                return Vec::new();
            };
            let file = left.remove(at);
            if !by_name {
                guessed.push((attachment, file));
            }
        }
    }
    // Where one that is left fits as well, nobody can tell which of the two it is.
    for (attachment, file) in guessed {
        if left.iter().any(|other| other.name != file.name && fits(other, attachment)) {
            return Vec::new();
        }
    }
    let mut names = Vec::new();
    left.iter().for_each(|file| names.push(file.name.clone()));
    names
}

/// Whether the size and extension that are shown, if they are, could be this file's.
fn fits(file: &AttachmentFile, shown: Attachment<'_>) -> bool {
    let size_fits = shown.file_size().is_none_or(|size| u64::try_from(size) == Ok(file.size));
    let extension = shown.extension().unwrap_or_default();
    size_fits && (extension.is_empty() || extension.eq_ignore_ascii_case(media_type::extension(&file.name)))
}

/// The name at the end of the address, in the bytes it stands for.
fn name_shown(shown: Attachment<'_>) -> Option<Vec<u8>> {
    let path = before(shown.data_url()?, "?#");
    let mut rest = split(path, "/").skip(1).last()?.bytes();
    let mut name = Vec::new();
    while let Some(byte) = rest.next() {
        let mut after = rest.clone();
        let mut digit = || char::from(after.next()?).to_digit(16);
        match (byte, digit(), digit()) {
            (b'%', Some(high), Some(low)) => {
                name.push(u8::try_from(high.saturating_mul(16).saturating_add(low)).unwrap_or_default());
                rest = after;
            }
            _ => name.push(byte),
        }
    }
    Some(dashed(&name))
}

fn dashed(name: &[u8]) -> Vec<u8> {
    let mut dashed = Vec::new();
    for byte in name.trim_ascii() {
        dashed.push(if is_one_of(*byte, DASHES) { b'-' } else { *byte });
    }
    dashed
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/lost_files.rs"]
mod tests;
