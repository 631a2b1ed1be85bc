//! Reading the fields of an object, reporting every wrong one.

use crate::data::text::{has_one_of, join, text};
use crate::data::value::{Field, Value};
use crate::input::issue::{Issues, add_field, add_item, field_path};
use crate::input::nearest::nearest;

/// The code and the words for text that upstream's database refuses, wherever it becomes a column of its own.
pub const NUL: (&str, &str) =
    ("nul", "has a NUL character (U+0000, or %00 in a file's name), which LiveDesk refuses");

/// The fields of an object the caller wrote, and where it stands.
#[derive(Clone, Copy)]
pub struct Fields<'a, 'p> {
    /// The object's own path, empty for the message itself.
    pub path: &'p str,
    entries: &'a [Field<'a>],
}

impl<'a, 'p> Fields<'a, 'p> {
    #[inline(never)]
    /// The fields of `value`, or an issue when it is no object.
    pub fn of(value: &'a Value<'a>, path: &'p str, issues: &mut Issues) -> Option<Fields<'a, 'p>> {
        match value {
            Value::Object(entries) => Some(Fields { path, entries }),
            other => {
                let shown = if path.is_empty() { "message" } else { path };
                wrong_type(issues, shown, "an object", other);
                None
            }
        }
    }

    /// The path of one field.
    pub fn path_of(&self, key: &str) -> String {
        field_path(self.path, key)
    }

    #[inline(never)]
    /// A field's value; a field set to `null` or `undefined` counts as not given.
    pub fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.entries
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
            .filter(|value| !value.is_null())
    }

    /// All fields in their order.
    pub fn entries(&self) -> &'a [Field<'a>] {
        self.entries
    }

    /// Reports a problem with one field.
    #[inline(never)]
    pub fn error(&self, key: &str, code: &'static str, problem: &str, issues: &mut Issues) {
        issues.error(&self.path_of(key), code, problem);
    }

    /// Reports a field of the wrong type.
    #[inline(never)]
    pub fn wrong_type(&self, key: &str, wanted: &str, got: &Value, issues: &mut Issues) {
        wrong_type(issues, &self.path_of(key), wanted, got);
    }

    #[inline(never)]
    /// A field that must be there.
    pub fn require(&self, key: &str, issues: &mut Issues) -> Option<&'a Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            let got = self.entries.iter().find(|(name, _)| *name == key);
            let got = got.map(|(_, empty)| text!("; got ", empty.describe())).unwrap_or_default();
            self.error(key, "required", &text!("is required", got), issues);
        }
        value
    }

    #[inline(never)]
    /// An optional string, without NUL.
    pub fn text(&self, key: &str, issues: &mut Issues) -> Option<&'a str> {
        let value = self.get(key)?;
        let text = value.as_text();
        match text {
            None => self.wrong_type(key, "a string", value, issues),
            Some(text) if has_nul(text) => {
                self.error(key, NUL.0, NUL.1, issues);
                return None;
            }
            Some(_) => {}
        }
        text
    }

    /// A string that must be there.
    pub fn require_text(&self, key: &str, issues: &mut Issues) -> Option<&'a str> {
        self.require(key, issues)?;
        self.text(key, issues)
    }

    /// An optional boolean.
    pub fn flag(&self, key: &str, issues: &mut Issues) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(flag) => Some(*flag),
            other => {
                self.wrong_type(key, "true or false", other, issues);
                None
            }
        }
    }

    /// Refuses every field that is not in `known`, naming the one that was probably meant.
    pub fn refuse_unknown(&self, known: &[&str], hint: &str, issues: &mut Issues) {
        for (key, value) in self.entries {
            if known.contains(key) || !value.is_there() {
                continue;
            }
            let problem = match nearest(key, known) {
                Some(meant) => text!("is not a known field; did you mean ", meant, "?", hint),
                None => text!("is not a known field; the known ones are ", &join(known, ", "), hint,),
            };
            self.error(key, "unknown_field", &problem, issues);
        }
    }
}

/// Reports a value of the wrong type, saying what it should be and what it is.
pub fn wrong_type(issues: &mut Issues, path: &str, wanted: &str, got: &Value) {
    let problem = text!("must be ", wanted, "; got ", got.describe());
    issues.error(path, "wrong_type", &problem);
}

/// Whether there is NUL in it.
pub fn has_nul(text: &str) -> bool {
    has_one_of(text, "\0")
}

/// Reports data anywhere below `value` that JSON cannot carry, such as NaN, a Date or a File; and NUL, unless it
/// `may_hold_nul`.
pub fn check_json(value: &Value, path: &str, may_hold_nul: bool, issues: &mut Issues) {
    check_below(value, &mut path.to_owned(), may_hold_nul, issues);
}

/// One path for all of them: a long one, written anew for each of many items, would take its time.
fn check_below(value: &Value, path: &mut String, may_hold_nul: bool, issues: &mut Issues) {
    let above = path.len();
    match value {
        Value::List(items) => {
            for (position, item) in items.iter().enumerate() {
                add_item(path, position);
                match item {
                    Value::Undefined => wrong_type(issues, path, "JSON data", item),
                    item => check_below(item, path, may_hold_nul, issues),
                }
                path.truncate(above);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                add_field(path, key);
                if has_nul(key) && !may_hold_nul && field.is_there() {
                    issues.error(path, NUL.0, NUL.1);
                }
                check_below(field, path, may_hold_nul, issues);
                path.truncate(above);
            }
        }
        Value::Text(text) if has_nul(text) && !may_hold_nul => issues.error(path, NUL.0, NUL.1),
        Value::Float(number) if !number.is_finite() => {
            wrong_type(issues, path, "JSON data", value);
        }
        Value::Binary(_) | Value::Foreign(_) => wrong_type(issues, path, "JSON data", value),
        _ => {}
    }
}
