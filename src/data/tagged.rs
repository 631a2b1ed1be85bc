//! What comes from JavaScript, as one text that `host/tagged.js` and `host/records.js` write: each value begins with a
//! letter that says what it is, and words are counted, not quoted, so that they can be borrowed as they stand.
//!
//! | text | value |
//! |---|---|
//! | `u`, `n`, `t`, `f` | `undefined`, `null`, `true`, `false` |
//! | `i7;`, `m7;` | 7 and -7 |
//! | `d1073217536;0;` | any other number: the two halves of its 64 bits |
//! | `s5;words` | text, and how many UTF-16 units it has |
//! | `[2;` | a list of two, which follow |
//! | `{1;4;name` | an object of one field, whose name is counted as text is |
//! | `b0;70;9;image/png` | a binary: its place, bytes and media type; its name follows, or `u` |
//! | `x10;a function` | something JSON cannot carry |

use crate::data::value::{Binary, Field, Value};

/// How deep a tree is read. Anything deeper becomes [`Value::Foreign`]: real messages are four deep,
/// and unbounded recursion would overflow the stack.
pub const MAX_DEPTH: u8 = 64;

/// Reads one text from left to right.
///
/// What is not as it should be reads as `undefined`, 0 or nothing, and so does all that follows; whoever asked looks
/// at the end whether [`Reader::has_ended`].
pub struct Reader<'a> {
    text: &'a str,
    /// What is read next; beyond the end once something was wrong.
    at: usize,
    /// Then a word has as many bytes as units.
    is_ascii: bool,
}

impl<'a> Reader<'a> {
    /// Begins. Before all else stands how many UTF-16 units follow.
    pub fn new(text: &'a str) -> Reader<'a> {
        let mut reader = Reader { text, at: 0, is_ascii: false };
        let units = reader.size();
        reader.is_ascii = reader.at.wrapping_add(units) == text.len();
        reader
    }

    /// Whether all was as it should be, and nothing is left.
    pub fn has_ended(&self) -> bool {
        self.at == self.text.len()
    }

    /// Any value.
    pub fn value(&mut self) -> Value<'a> {
        self.value_at(0)
    }

    /// A flag; false unless it is `true`.
    pub fn flag(&mut self) -> bool {
        matches!(self.value(), Value::Bool(true))
    }

    /// How many of something.
    pub fn count(&mut self) -> Option<i64> {
        self.value().as_int()
    }

    /// A place in a list.
    pub fn index(&mut self) -> Option<usize> {
        usize::try_from(self.count()?).ok()
    }

    /// An HTTP status, or 0.
    pub fn status(&mut self) -> Option<u16> {
        u16::try_from(self.count()?).ok()
    }

    /// A number.
    pub fn number(&mut self) -> Option<f64> {
        match self.value() {
            Value::Int(number) => Some(number as f64),
            Value::Float(number) => Some(number),
            _ => None,
        }
    }

    /// Text.
    pub fn text(&mut self) -> Option<&'a str> {
        self.value().as_text()
    }

    /// Text; empty when there is none.
    pub fn word(&mut self) -> &'a str {
        self.text().unwrap_or_default()
    }

    /// A list, each item of which `item` reads.
    pub fn list<T>(&mut self, item: impl Fn(&mut Reader<'a>) -> T) -> Vec<T> {
        let mut items = Vec::new();
        if self.letter() == b'[' {
            for _ in 0..self.size() {
                items.push(item(self));
            }
        } else {
            self.fail();
        }
        items
    }

    fn value_at(&mut self, depth: u8) -> Value<'a> {
        let below = depth.saturating_add(1);
        match self.letter() {
            b'u' => Value::Undefined,
            b'n' => Value::Null,
            b't' => Value::Bool(true),
            b'f' => Value::Bool(false),
            b'i' => Value::Int(self.digits()),
            b'm' => Value::Int(self.digits().wrapping_neg()),
            b'd' => {
                let high = self.digits() as u64;
                Value::Float(f64::from_bits(high.wrapping_shl(32) | self.digits() as u64))
            }
            b's' => Value::Text(self.words()),
            b'x' => Value::Foreign(self.words()),
            b'b' => Value::Binary(Binary {
                index: self.digits() as u32,
                size: self.digits() as u64,
                media_type: self.words(),
                name: self.text(),
            }),
            b'[' if depth < MAX_DEPTH => {
                let count = self.size();
                let mut items = Vec::with_capacity(count);
                for _ in 0..count {
                    items.push(self.value_at(below));
                }
                Value::List(items)
            }
            b'{' if depth < MAX_DEPTH => {
                let count = self.size();
                let mut fields: Vec<Field<'a>> = Vec::with_capacity(count);
                for _ in 0..count {
                    fields.push((self.words(), self.value_at(below)));
                }
                Value::Object(fields)
            }
            _ => {
                self.fail();
                Value::Undefined
            }
        }
    }

    fn fail(&mut self) {
        self.at = usize::MAX;
    }

    /// The next byte; 0 behind the end.
    fn letter(&mut self) -> u8 {
        let letter = self.text.as_bytes().get(self.at).copied();
        self.at = self.at.saturating_add(1);
        letter.unwrap_or_default()
    }

    /// A whole number and its semicolon. JavaScript writes none of 2^63 or more.
    fn digits(&mut self) -> i64 {
        let mut number: i64 = 0;
        loop {
            match self.letter() {
                b';' => return number,
                digit @ b'0'..=b'9' => {
                    number = number.wrapping_mul(10).wrapping_add(i64::from(digit & 15));
                }
                _ => {
                    self.fail();
                    return 0;
                }
            }
        }
    }

    /// How many there are of what follows, each of which has a byte at least: no count makes room for more than that.
    fn size(&mut self) -> usize {
        let size = self.digits() as usize;
        if size <= self.text.len() {
            return size;
        }
        self.fail();
        0
    }

    /// Words, and before them how many UTF-16 units they have.
    fn words(&mut self) -> &'a str {
        let mut left = self.size();
        let from = self.at;
        if self.is_ascii {
            self.at = from.saturating_add(left);
        } else {
            while left > 0 {
                // A character of four bytes is two units, any other is one.
                let (more, units) = match self.letter() {
                    0..=0x7f => (0, 1),
                    0x80..=0xdf => (1, 1),
                    0xe0..=0xef => (2, 1),
                    _ => (3, 2),
                };
                self.at = self.at.saturating_add(more);
                left = left.saturating_sub(units);
            }
        }
        let words = self.text.get(from..self.at);
        if words.is_none() {
            self.fail();
        }
        words.unwrap_or_default()
    }
}

/// A struct whose fields JavaScript writes one after the other, in this order, and whose names there stand behind `=`.
///
/// The kind of a field is the function of [`Reader`] that reads it. What is not given, or of another kind, is `None`,
/// `false` or `undefined`.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident: $kind:ident = $known_as:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name<'a> {
            $($(#[$about])* pub $field: $crate::data::tagged::record!(@type $kind),)*
        }

        impl<'a> $name<'a> {
            /// Reads its fields.
            pub fn read(reader: &mut $crate::data::tagged::Reader<'a>) -> $name<'a> {
                $name { $($field: $crate::data::tagged::record!(@read $kind, reader),)* }
            }

            /// The names of its fields in JavaScript, what kind each is, and what it holds.
            #[cfg(test)]
            pub fn listed(&self) -> Vec<(&'static str, &'static str, String)> {
                vec![$(($known_as, stringify!($kind), format!("{:?}", self.$field)),)*]
            }

            /// From an object with the same names, for tests.
            #[cfg(test)]
            #[allow(dead_code)]
            pub fn of_object(object: &$crate::data::value::Value<'a>) -> $name<'a> {
                $name { $($field: $crate::data::tagged::record!(@of $kind, object.get($known_as)),)* }
            }
        }
    };
    (@type flag) => { bool };
    (@type count) => { Option<i64> };
    (@type index) => { Option<usize> };
    (@type status) => { Option<u16> };
    (@type number) => { Option<f64> };
    (@type text) => { Option<&'a str> };
    (@type word) => { &'a str };
    (@type value) => { $crate::data::value::Value<'a> };
    (@type links) => { Vec<Link<'a>> };
    (@of flag, $value:expr) => { matches!($value, Some($crate::data::value::Value::Bool(true))) };
    (@of count, $value:expr) => { $value.and_then(|value| value.as_int()) };
    (@of index, $value:expr) => { $value.and_then(|value| usize::try_from(value.as_int()?).ok()) };
    (@of status, $value:expr) => { $value.and_then(|value| u16::try_from(value.as_int()?).ok()) };
    (@of word, $value:expr) => { $value.and_then(|value| value.as_text()).unwrap_or_default() };
    (@of number, $value:expr) => { $value.and_then(|value| value.as_int()).map(|number| number as f64) };
    (@of text, $value:expr) => { $value.and_then(|value| value.as_text()) };
    (@of value, $value:expr) => { $value.cloned().unwrap_or($crate::data::value::Value::Undefined) };
    (@of links, $value:expr) => { $crate::data::tagged::each($value, Link::of_object) };
    (@read links, $reader:ident) => { $reader.list(Link::read) };
    (@read $kind:ident, $reader:ident) => { $reader.$kind() };
}
pub(crate) use record;

/// A text with its length ahead, for tests.
#[cfg(test)]
pub fn whole(text: &str) -> String {
    format!("{};{text}", text.encode_utf16().count())
}

/// What a list holds, for tests.
#[cfg(test)]
pub fn each<'a, T>(value: Option<&Value<'a>>, of: impl Fn(&Value<'a>) -> T) -> Vec<T> {
    match value {
        Some(Value::List(items)) => items.iter().map(of).collect(),
        _ => Vec::new(),
    }
}
