//! Taking text apart.

/// The parts of a text between bytes of `marks`, which are ASCII.
///
/// Each kind of pattern that std's own split is given would be code of its own, 0.2 KB for some.
pub fn split<'a>(text: &'a str, marks: &'static str) -> Parts<'a> {
    Parts { rest: Some(text), marks }
}

/// What stands before and after the first byte of `marks`, which are ASCII.
pub fn split_once<'a>(text: &'a str, marks: &str) -> Option<(&'a str, &'a str)> {
    let at = match marks.as_bytes() {
        [mark] => text.bytes().position(|byte| byte == *mark)?,
        _ => text.bytes().position(|byte| is_one_of(byte, marks))?,
    };
    Some((text.get(..at)?, text.get(at.saturating_add(1)..)?))
}

/// What stands before the first byte of `marks`, or the whole text.
pub fn before<'a>(text: &'a str, marks: &str) -> &'a str {
    split_once(text, marks).map_or(text, |(before, _)| before)
}

/// Whether there is a byte of `marks` in it, which are ASCII.
pub fn has_one_of(text: &str, marks: &str) -> bool {
    text.bytes().any(|byte| is_one_of(byte, marks))
}

/// Whether the byte is one of `marks`, which are ASCII.
pub fn is_one_of(byte: u8, marks: &str) -> bool {
    marks.bytes().any(|mark| mark == byte)
}

/// See [`split`].
pub struct Parts<'a> {
    rest: Option<&'a str>,
    marks: &'static str,
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (part, rest) = match split_once(rest, self.marks) {
            Some((part, rest)) => (part, Some(rest)),
            None => (rest, None),
        };
        self.rest = rest;
        Some(part)
    }
}

/// The text on one line of at most `most` characters and dots for the rest, without what would turn the line round.
pub fn one_line(text: &str, most: usize) -> String {
    let is_odd = |character: char| {
        character.is_control() || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut line = String::new();
    for (position, character) in text.chars().enumerate() {
        if position == most {
            line.push_str("...");
            break;
        }
        line.push(if is_odd(character) { ' ' } else { character });
    }
    line
}

/// The same of at most `most` characters, without blanks around it and without a full stop.
pub fn shorten(text: &str, most: usize) -> String {
    let mut line = one_line(text.trim(), most);
    while line.ends_with('.') && line.chars().count() <= most {
        line.pop();
    }
    line
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/text.rs"]
mod tests;
