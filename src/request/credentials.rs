//! The `Authorization` header that a caller's function gives.

use crate::data::text::{has_one_of, split};

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
