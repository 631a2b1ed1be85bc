//! Reading the fields of an object, reporting every wrong one.

use crate::data::text::has_one_of;
use crate::data::value::{Field, Value};
use crate::input::issue::{Issues, Unknown};
use crate::input::place::Place;

/// Ends the message about an unknown field of a message: how to send one that LiveDesk documents later.
pub const EXTRA_HINT: &str = " (requestOptions.extra sends other fields)";

/// The code and the words for text that upstream's database refuses, wherever it becomes a column of its own.
pub const NUL: (&str, &str) =
    ("nul", "has a NUL character (U+0000, or %00 in a file's name), which LiveDesk refuses");

/// The fields of an object the caller wrote, and where it stands.
#[derive(Clone, Copy)]
pub struct Fields<'a, 'p> {
    /// The object's own place.
    pub place: &'p Place<'p>,
    entries: &'a [Field<'a>],
}

impl<'a, 'p> Fields<'a, 'p> {
    /// The fields of `value`, or an issue when it is no object.
    pub fn of(value: &'a Value<'a>, place: &'p Place<'p>, issues: &mut Issues) -> Option<Fields<'a, 'p>> {
        match value {
            Value::Object(entries) => Some(Fields { place, entries }),
            other => {
                let is_message = matches!(place, Place::Root(""));
                let place = if is_message { &Place::Root("message") } else { place };
                wrong_type(issues, place, "an object", other);
                None
            }
        }
    }

    /// The place of one field.
    pub fn place_of(&self, key: &'p str) -> Place<'p> {
        self.place.field(key)
    }

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
    pub fn error(&self, key: &str, code: &'static str, problem: &str, issues: &mut Issues) {
        issues.error(&self.place_of(key), code, problem);
    }

    /// Warns of one field.
    pub fn warning(&self, key: &str, code: &'static str, problem: &str, issues: &mut Issues) {
        issues.warning(&self.place_of(key), code, problem);
    }

    /// Reports a field of the wrong type.
    pub fn wrong_type(&self, key: &str, wanted: &str, got: &Value, issues: &mut Issues) {
        wrong_type(issues, &self.place_of(key), wanted, got);
    }

    /// A field that must be there.
    pub fn require(&self, key: &str, issues: &mut Issues) -> Option<&'a Value<'a>> {
        let value = self.get(key);
        if value.is_none() {
            let got = self.entries.iter().find(|(name, _)| *name == key);
            let got = got.map(|(_, empty)| format!("; got {}", empty.describe())).unwrap_or_default();
            self.error(key, "required", &format!("is required{got}"), issues);
        }
        value
    }

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

    /// Refuses every field that is not in `known`.
    pub fn refuse_unknown(&self, known: &'static [&'static str], hint: &'static str, issues: &mut Issues) {
        for (key, value) in self.entries {
            if known.contains(key) || !value.is_there() {
                continue;
            }
            issues.unknown(&self.place_of(key), Unknown { known, hint });
        }
    }
}

/// Reports a value of the wrong type, saying what it should be and what it is.
pub fn wrong_type(issues: &mut Issues, place: &Place<'_>, wanted: &str, got: &Value) {
    let problem = format!("must be {wanted}; got {}", got.describe());
    issues.error(place, "wrong_type", &problem);
}

/// Whether there is NUL in it.
pub fn has_nul(text: &str) -> bool {
    has_one_of(text, "\0")
}

/// Reports data anywhere below `value` that JSON cannot carry, such as NaN, a Date or a File; and NUL, unless it
/// `may_hold_nul`.
pub fn check_json(value: &Value, place: &Place<'_>, may_hold_nul: bool, issues: &mut Issues) {
    match value {
        Value::List(items) => {
            for (position, item) in items.iter().enumerate() {
                let place = place.item(position);
                match item {
                    Value::Undefined => wrong_type(issues, &place, "JSON data", item),
                    item => check_json(item, &place, may_hold_nul, issues),
                }
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                let place = place.field(key);
                if has_nul(key) && !may_hold_nul && field.is_there() {
                    issues.error(&place, NUL.0, NUL.1);
                }
                check_json(field, &place, may_hold_nul, issues);
            }
        }
        Value::Text(text) if has_nul(text) && !may_hold_nul => issues.error(place, NUL.0, NUL.1),
        Value::Float(number) if !number.is_finite() => {
            wrong_type(issues, place, "JSON data", value);
        }
        Value::Binary(_) | Value::Foreign(_) => wrong_type(issues, place, "JSON data", value),
        _ => {}
    }
}
