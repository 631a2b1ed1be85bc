//! The variables in a template's text: `{{1}}`, `{{first_name}}`.

use crate::data::text::split_once;

/// What stands before the first variable of a text, the variable's name, and what stands after it.
pub fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut rest = text;
    loop {
        let (_, inner) = split_once(rest, "{")?;
        if let Some(variable) = inner.strip_prefix('{') {
            // No further than the next brace: a text of nothing but braces would be read over and over.
            let (name, _) = split_once(variable, "{}")?;
            let after = variable.get(name.len()..)?.strip_prefix("}}");
            let name = name.trim();
            if let Some(after) = after.filter(|_| is_name(name)) {
                let before = text.len().checked_sub(inner.len().saturating_add(1))?;
                return Some((text.get(..before)?, name, after));
            }
        }
        rest = inner;
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The names of a text's variables, each once.
pub fn names(mut text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    while let Some((_, name, rest)) = next(text) {
        if !names.contains(&name) {
            names.push(name);
        }
        text = rest;
    }
    names
}

/// Whether a name is a position: `1`, `12`.
pub fn is_position(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn finds_positions_and_names() {
        for (text, found) in [
            ("Hi {{1}}, {{2}} and {{1}}", vec!["1", "2"]),
            ("{{first_name}}{{ order_id }}", vec!["first_name", "order_id"]),
            ("こんにちは{{1}}さん、สวัสดี{{2}}", vec!["1", "2"]),
            ("{{{1}}}", vec!["1"]),
            ("{1} {{}} {{ }} {{a b}} {{a-b}} {{1} }} {{", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(names(text), found, "{text}");
        }
        assert_eq!(next("a{b{{c}}d"), Some(("a{b", "c", "d")));
    }

    #[test]
    fn a_text_of_braces_is_read_once() {
        for odd in ["{", "{{a", "{{ ", "}}", "{{}}"] {
            assert_eq!(names(&odd.repeat(1_000_000)), Vec::<&str>::new());
        }
    }
}
