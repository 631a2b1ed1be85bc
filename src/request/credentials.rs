//! The `Authorization` header of an API key and its secret.

use crate::data::text::{has_one_of, split, text};

/// Of base64, by their value.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The longest header that is taken, in UTF-16 units: twice what common servers take.
pub const MOST_CHARACTERS: u32 = 16_384;

/// `Basic` and the base64 of the UTF-8 bytes of `api_key:api_secret` (LiveDesk's page; RFC 7617).
pub fn basic(api_key: &str, api_secret: &str) -> String {
    text!("Basic ", base64(text!(api_key, ":", api_secret).as_bytes()))
}

/// RFC 4648, section 4. The crate of that name is 1.6 KB of the engine, made for speed that a header has no use for.
fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let byte = |at| group.get(at).copied().unwrap_or_default();
        let mut bits = u32::from_be_bytes([byte(0), byte(1), byte(2), 0]);
        for place in 0..4 {
            // The next six bits come round to the lower end.
            bits = bits.rotate_left(6);
            let digit = usize::try_from(bits & 63).ok().and_then(|digit| DIGITS.get(digit));
            out.push(if place > group.len() { '=' } else { digit.map_or('=', |digit| char::from(*digit)) });
        }
    }
    out
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
