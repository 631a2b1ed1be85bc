//! The `Authorization` header of an API key and its secret.

use crate::data::text::{has_one_of, split};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The longest header that is taken, in UTF-16 units: twice what common servers take.
pub const MOST_CHARACTERS: u32 = 16_384;

/// `Basic` and the base64 of the UTF-8 bytes of `api_key:api_secret` (LiveDesk's page; RFC 7617).
pub fn basic(api_key: &str, api_secret: &str) -> String {
    let plain = format!("{api_key}:{api_secret}");
    // Four characters for every three bytes begun.
    let mut encoded = vec![0; plain.len().div_ceil(3).saturating_mul(4)];
    let length = STANDARD.encode_slice(&plain, &mut encoded).unwrap_or_default();
    let mut header = String::from("Basic ");
    header.extend(encoded.iter().take(length).map(|byte| char::from(*byte)));
    header
}

/// Whether text can be the value of an Authorization header: no blanks around it, no control characters, nothing above
/// U+00FF, and no key and secret as they are.
pub fn is_header_value(value: &str) -> bool {
    !value.is_empty()
        && value.trim() == value
        && !is_pair(value)
        && value.chars().all(|character| !character.is_control() && character <= '\u{ff}')
}

/// Whether it is `key:secret`: neither the name of a scheme nor what follows `Basic` has a colon (RFC 9110, 7617).
fn is_pair(value: &str) -> bool {
    let mut words = split(value, " ").filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let word = if first.eq_ignore_ascii_case("basic") { words.next().unwrap_or_default() } else { first };
    has_one_of(word, ":")
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/credentials.rs"]
mod tests;
