//! Ids of conversations and messages: positive integers below 2^63.

use crate::data::number;
use crate::data::text::text;
use crate::data::value::Value;
use crate::input::issue::Issues;

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

/// The id in `value`, or an issue at `path`.
pub fn check(value: &Value, path: &str, issues: &mut Issues) -> Option<i64> {
    let id = parse(value);
    if id.is_none() {
        let problem = text!(WANTED, "; got ", got(value));
        issues.error(path, "invalid_id", &problem);
    }
    id
}

/// A number is shown, text is not: a caller who swapped two arguments has passed content here.
fn got(value: &Value) -> String {
    match value {
        Value::Int(number) => number::int_text(*number),
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
mod tests {
    use super::*;

    #[test]
    fn takes_positive_integers_as_numbers_and_as_digits() {
        assert_eq!(parse(&Value::Int(141)), Some(141));
        assert_eq!(parse(&Value::text("17629000001207")), Some(17_629_000_001_207));
        assert_eq!(parse(&Value::text("9223372036854775807")), Some(i64::MAX));
    }

    #[test]
    fn refuses_everything_else() {
        let texts = [
            "",
            "0",
            "-1",
            "+1",
            "1.0",
            "1/../2",
            "141?x",
            " 141",
            "141\n",
            "1e3",
            "0x1",
            "١٤١",
            "9223372036854775808",
        ];
        let others = [
            Value::Null,
            Value::Bool(true),
            Value::Int(0),
            Value::Int(-5),
            Value::Float(1.5),
            Value::Float(f64::NAN),
            Value::Float(1e300),
            Value::List(vec![Value::Int(1)]),
            Value::Foreign("a function"),
        ];
        for value in texts.map(Value::text).into_iter().chain(others) {
            assert_eq!(parse(&value), None, "{value:?}");
            let mut issues = Issues::new();
            assert_eq!(check(&value, "conversationId", &mut issues), None);
            let issues = issues.into_vec();
            assert_eq!(issues.len(), 1);
            assert!(issues[0].message.starts_with("conversationId must be a positive integer"));
        }
    }
}
