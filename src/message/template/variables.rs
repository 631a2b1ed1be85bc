//! The variables that fill a template, and what their values may hold.

use crate::data::json::Writer;
use crate::data::number;
use crate::data::text::has_one_of;
use crate::data::value::Value;
use crate::input::fields::{Fields, NUL, has_nul, wrong_type};
use crate::input::issue::{Issues, limit};
use crate::input::place::Place;
use std::borrow::Cow;

/// What a value may be in one part of a template.
pub struct ValueRule {
    /// The most Unicode scalar values of one value (Meta).
    pub max_characters: usize,
    /// The most variables, where Meta limits them.
    pub max_variables: Option<usize>,
}

/// A value of the body.
pub const BODY_VALUE: ValueRule = ValueRule { max_characters: 32_768, max_variables: None };

/// Of a name; in what a longer one is taken for, Meta is silent.
const MAX_NAME: usize = 20;

/// Variables by position (`"1"`, `"2"`, ...) or by name, as the template was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variables<'a>(pub Vec<(&'a str, Cow<'a, str>)>);

impl<'a> Variables<'a> {
    /// Reads `{"1": "John"}` or `{"first_name": "John"}`; numbers become text.
    pub fn read(
        value: &'a Value<'a>,
        place: &Place<'_>,
        rule: &ValueRule,
        issues: &mut Issues,
    ) -> Option<Variables<'a>> {
        let fields = Fields::of(value, place, issues)?;
        check_keys(&fields, issues);
        if let Some(most) = rule.max_variables
            && fields.entries().len() > most
        {
            let facts = limit(fields.entries().len(), most);
            issues.error_with(place, "too_many", "has {actual} variables; Meta takes {limit}", &facts);
        }
        let mut values = Vec::new();
        for (key, value) in fields.entries() {
            let place = fields.place_of(key);
            if let Some(text) = read_value(value, &place, rule.max_characters, issues) {
                values.push((*key, text));
            }
        }
        Some(Variables(values))
    }

    /// Adds the object of LiveDesk's page as a field.
    pub fn write(&self, key: &str, json: &mut Writer) {
        json.key(key);
        json.open('{');
        for (key, value) in &self.0 {
            json.text_field(key, value);
        }
        json.close('}');
    }
}

/// `text_variables` of a header or a footer, whose text can be fixed.
pub fn read_optional<'a>(
    fields: &Fields<'a, '_>,
    rule: &ValueRule,
    issues: &mut Issues,
) -> Option<Variables<'a>> {
    Variables::read(fields.get("text_variables")?, &fields.place_of("text_variables"), rule, issues)
}

/// Adds them as a field, if there are any.
pub fn write_optional(variables: Option<&Variables<'_>>, json: &mut Writer) {
    if let Some(variables) = variables {
        variables.write("text_variables", json);
    }
}

/// A value's text, checked by Meta's rules for parameters: no line break or tab, at most four spaces in a
/// row, not blank, not too long; and no NUL, by upstream's.
pub fn read_value<'a>(
    value: &'a Value<'a>,
    place: &Place<'_>,
    max_characters: usize,
    issues: &mut Issues,
) -> Option<Cow<'a, str>> {
    let text = match value {
        Value::Text(text) => Cow::Borrowed(*text),
        Value::Int(number) => Cow::Owned(number.to_string()),
        Value::Float(number) if number.is_finite() => Cow::Owned(number::float_text(*number)),
        other => {
            wrong_type(issues, place, "a string or a finite number", other);
            return None;
        }
    };
    if text.trim().is_empty() {
        issues.error(place, "blank", "is blank; Meta refuses a blank value");
    }
    if has_one_of(&text, "\n\r\t") {
        let problem = "has a line break or a tab, which Meta refuses in a value";
        issues.error(place, "line_break", problem);
    }
    if has_nul(&text) {
        issues.error(place, NUL.0, NUL.1);
    }
    if has_five_spaces(&text) {
        let problem = "has more than 4 spaces in a row, which Meta refuses in a value";
        issues.error(place, "too_many_spaces", problem);
    }
    check_length(&text, place, max_characters, issues);
    if text.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        let problem = "has a line separator (U+0085, U+2028 or U+2029), which Meta may take for a line break";
        issues.warning(place, "line_separator", problem);
    }
    if has_liquid(&text) {
        issues.warning(
            place,
            "liquid",
            "has {{ or {%, and LiveDesk puts something else in its place (Liquid)",
        );
    }
    Some(text)
}

fn has_liquid(text: &str) -> bool {
    text.as_bytes().windows(2).any(|two| matches!(two, b"{{" | b"{%"))
}

fn has_five_spaces(text: &str) -> bool {
    let mut row = 0_u8;
    for byte in text.bytes() {
        row = if byte == b' ' { row.saturating_add(1) } else { 0 };
        if row == 5 {
            return true;
        }
    }
    false
}

/// Reports text of more than `most` Unicode scalar values.
pub fn check_length(text: &str, place: &Place<'_>, most: usize, issues: &mut Issues) {
    // No character has less than a byte.
    if text.len() <= most {
        return;
    }
    let length = text.chars().count();
    if length > most {
        let problem = "is {actual} characters long; at most {limit} are taken";
        issues.error_with(place, "too_long", problem, &limit(length, most));
    }
}

/// Positions run from 1 without a gap and do not mix with names (Meta).
fn check_keys(fields: &Fields<'_, '_>, issues: &mut Issues) {
    let keys = || fields.entries().iter().map(|(key, _)| *key);
    let is_position = |key: &&str| key.bytes().all(|byte| byte.is_ascii_digit()) && !key.is_empty();
    let positions = keys().filter(is_position).count();
    let names = keys().count().saturating_sub(positions);
    if positions > 0 && names > 0 {
        issues.error(
            fields.place,
            "mixed_keys",
            "mixes positions (\"1\", \"2\", ...) with names; a template has one or the other",
        );
    } else if positions > 0
        && let Some(missing) = first_missing(keys(), positions)
    {
        let problem = format!("must count from \"1\" without a gap; \"{missing}\" is missing");
        issues.error(fields.place, "not_contiguous", &problem);
    }
    for key in keys().filter(|key| !is_position(key)) {
        let place = fields.place_of(key);
        if !is_name(key) {
            let problem = "is no variable's name: small letters a-z, digits and underscores";
            issues.error(&place, "invalid_format", problem);
        } else if key.len() > MAX_NAME || key.bytes().any(|byte| byte.is_ascii_digit()) {
            let problem =
                "is an odd name for a variable: Meta speaks of at most 20 small letters and underscores";
            issues.warning(&place, "odd_name", problem);
        }
    }
}

/// The first of the positions 1 to `last` that is not among the keys; `01` is no position.
fn first_missing<'a>(keys: impl Iterator<Item = &'a str>, last: usize) -> Option<usize> {
    let mut found = Vec::new();
    (0..last).for_each(|_| found.push(false));
    for key in keys.filter(|key| !matches!(key.as_bytes().first(), Some(b'0'))) {
        let position = number::parse_digits(key).and_then(|position| usize::try_from(position).ok());
        if let Some(found) = position.and_then(|position| found.get_mut(position.checked_sub(1)?)) {
            *found = true;
        }
    }
    let before = found.iter().position(|found| !found)?;
    Some(before.saturating_add(1))
}

/// `^[a-z0-9_]+$` (Meta).
fn is_name(key: &str) -> bool {
    !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/variables.rs"]
mod tests;
