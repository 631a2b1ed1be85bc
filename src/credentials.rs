//! The `Authorization` header of an API key and its secret.

use crate::text::{has_one_of, split, text};

/// The longest header that is taken, in UTF-16 units: twice what common servers take.
pub const MOST_CHARACTERS: u32 = 16_384;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// `Basic` and the base64 of the UTF-8 bytes of `api_key:api_secret` (LiveDesk's page; RFC 7617).
///
/// A crate's encoder would be 2 KB of the engine, this is a tenth of it.
pub fn basic(api_key: &str, api_secret: &str) -> String {
    let plain = text!(api_key, ":", api_secret);
    let mut header = String::from("Basic ");
    for three in plain.as_bytes().chunks(3) {
        let byte = |at| three.get(at).copied().unwrap_or_default();
        let mut bits = u32::from_be_bytes([byte(0), byte(1), byte(2), 0]);
        for position in 0..4 {
            bits = bits.rotate_left(6);
            let digit = DIGITS.get((bits & 63) as usize).copied().unwrap_or_default();
            header.push(if position > three.len() { '=' } else { char::from(digit) });
        }
    }
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
mod tests {
    use super::*;
    use base64::{Engine, engine::general_purpose::STANDARD};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_the_base64_crate(key in "[^:]*", secret in any::<String>()) {
            let expected = format!("Basic {}", STANDARD.encode(format!("{key}:{secret}")));
            prop_assert_eq!(basic(&key, &secret), expected);
        }
    }

    #[test]
    fn encodes_the_bytes_of_utf_8() {
        assert_eq!(basic("key", "secret"), "Basic a2V5OnNlY3JldA==");
        // RFC 7617 section 2.1: user "test", password "123£".
        assert_eq!(basic("test", "123£"), "Basic dGVzdDoxMjPCow==");
    }

    #[test]
    fn tells_a_header_value_from_other_text() {
        assert!(is_header_value("Basic a2V5OnNlY3JldA=="));
        for good in ["Bearer a:b", "AWS id:signature", "t0ken"] {
            assert!(is_header_value(good), "{good:?}");
        }
        for bad in ["key:secret", "key:a secret", "basic key:secret", " Basic a2V5", "Basic a2V5\u{a0}"] {
            assert!(!is_header_value(bad), "{bad:?}");
        }
        for bad in ["", " ", "Basic a\r\nX-Evil: 1", "Basic \u{0}", "Basic \u{2603}"] {
            assert!(!is_header_value(bad), "{bad:?}");
        }
    }
}
