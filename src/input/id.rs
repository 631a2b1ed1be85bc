//! Ids of conversations and messages: positive integers below 2^63.

use crate::data::number;
use crate::data::value::Value;
use crate::input::issue::Issues;
use crate::input::place::Place;

/// Why a value is no id, and what one is.
const WANTED: &str = "must be a positive integer below 2^63, as a number, a bigint or a string of digits";

/// The id in `value`: a positive integer, or a string of ASCII digits that is one.
///
/// Anything else is refused, since the id becomes part of the address: `"1/../2"` would reach another one.
pub fn parse(value: &Value) -> Option<i64> {
    let id = match value {
        Value::Int(id) => *id,
        Value::Text(digits) => number::parse_digits(digits)?,
        _ => return None,
    };
    (id > 0).then_some(id)
}

/// The id in `value`, or an issue at `place`.
pub fn check(value: &Value, place: &Place<'_>, issues: &mut Issues) -> Option<i64> {
    let id = parse(value);
    if id.is_none() {
        let problem = format!("{}; got {}", WANTED, got(value));
        issues.error(place, "invalid_id", &problem);
    }
    id
}

/// A number is shown, text is not: a caller who swapped two arguments has passed content here.
fn got(value: &Value) -> String {
    match value {
        Value::Int(number) => number.to_string(),
        Value::Float(number) if number.is_finite() && number.fract() == 0.0 => {
            "a number above 2^53, which JavaScript cannot hold exactly; pass it as a string or bigint"
                .to_owned()
        }
        Value::Float(number) if number.is_finite() => "a number with a fraction".to_owned(),
        Value::Text(text) if !text.is_empty() => {
            "a string with other characters or too many digits".to_owned()
        }
        other => other.describe().to_owned(),
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/id.rs"]
mod tests;
