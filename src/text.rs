//! Putting sentences together.
//!
//! `format!` brings std's formatting along, which would be a tenth of the engine; here a part is pushed
//! with one call.

use crate::number;

/// Something that can stand in a sentence.
pub trait Part {
    /// Adds it to the end.
    fn add_to(&self, out: &mut String);
}

#[inline(never)]
fn push(out: &mut String, text: &str) {
    out.push_str(text);
}

impl Part for str {
    fn add_to(&self, out: &mut String) {
        push(out, self);
    }
}

impl Part for String {
    fn add_to(&self, out: &mut String) {
        push(out, self);
    }
}

impl<T: Part + ?Sized> Part for &T {
    fn add_to(&self, out: &mut String) {
        (*self).add_to(out);
    }
}

impl Part for i64 {
    #[inline(never)]
    fn add_to(&self, out: &mut String) {
        push(out, &number::int_text(*self));
    }
}

impl Part for usize {
    fn add_to(&self, out: &mut String) {
        i64::try_from(*self).unwrap_or(i64::MAX).add_to(out);
    }
}

impl Part for u64 {
    fn add_to(&self, out: &mut String) {
        i64::try_from(*self).unwrap_or(i64::MAX).add_to(out);
    }
}

impl Part for u32 {
    fn add_to(&self, out: &mut String) {
        i64::from(*self).add_to(out);
    }
}

impl Part for u16 {
    fn add_to(&self, out: &mut String) {
        i64::from(*self).add_to(out);
    }
}

impl Part for i16 {
    fn add_to(&self, out: &mut String) {
        i64::from(*self).add_to(out);
    }
}

/// Adds the parts, one after the other, to a `&mut String`.
macro_rules! add {
    ($out:expr, $($part:expr),* $(,)?) => {{
        let out: &mut String = $out;
        $($crate::text::Part::add_to(&$part, out);)*
    }};
}
pub(crate) use add;

/// The parts, one after the other, as a `String`.
macro_rules! text {
    ($($part:expr),* $(,)?) => {{
        let mut out = String::new();
        $crate::text::add!(&mut out, $($part),*);
        out
    }};
}
pub(crate) use text;

/// The parts with `between` them.
#[inline(never)]
pub fn join(parts: &[&str], between: &str) -> String {
    let mut out = String::new();
    let mut before = "";
    for part in parts {
        push(&mut out, before);
        push(&mut out, part);
        before = between;
    }
    out
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

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn puts_parts_together() {
        let name = "Ada".to_owned();
        assert_eq!(text!("Dear ", name, ", ", 3usize, "/", -7i64, "!"), "Dear Ada, 3/-7!");
        assert_eq!(join(&["a", "b", "c"], ", "), "a, b, c");
        assert_eq!(join(&[], ", "), "");
    }
}
