//! The variables in a template's text: `{{1}}`, `{{first_name}}`.

use crate::data::text::is_one_of;

/// What stands before the first variable of a text, the variable's name, and what stands after it.
pub fn next(text: &str) -> Option<(&str, &str, &str)> {
    let mut start: usize = 0;
    loop {
        let rest = text.get(start..)?;
        let at = start.saturating_add(rest.bytes().position(|byte| byte == b'{')?);
        let inner = text.get(at.saturating_add(1)..)?;
        if let Some((name, after)) = inner.strip_prefix('{').and_then(name_and_rest) {
            return Some((text.get(..at)?, name, after));
        }
        start = at.saturating_add(1);
    }
}

/// No further than the name: a text of nothing but braces would be read over and over.
fn name_and_rest(text: &str) -> Option<(&str, &str)> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || is_one_of(byte, "_ ");
    let end = text.bytes().position(|byte| !is_part(byte))?;
    let name = text.get(..end)?.trim();
    let rest = text.get(end..)?.strip_prefix("}}")?;
    (!name.is_empty() && !name.contains(' ')).then_some((name, rest))
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
