//! Values from JSON, and numbers.

use super::*;

#[test]
fn reads_every_kind_of_json() {
    let value: Value = serde_json::from_str(
        r#"{"b":[null,true,-7,1.5,"é"],"a":{"big":17629000001207,"huge":18446744073709551615}}"#,
    )
    .unwrap();
    assert_eq!(
        value.get("b"),
        Some(&Value::List(vec![
            Value::Null,
            Value::Bool(true),
            Value::Int(-7),
            Value::Float(1.5),
            Value::text("é"),
        ]))
    );
    let a = value.get("a").unwrap();
    assert_eq!(a.get("big").unwrap().as_int(), Some(17_629_000_001_207));
    assert_eq!(a.get("huge").unwrap().describe(), "an integer of 2^63 or more");
}

#[test]
fn refuses_a_tree_deeper_than_64_levels_instead_of_overflowing_the_stack() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(serde_json::from_str::<Value>(&nested(64)).is_ok());
    assert!(serde_json::from_str::<Value>(&nested(65)).is_err());
}

#[test]
fn ids_that_javascript_cannot_hold_become_text() {
    assert_eq!(Value::id(9_007_199_254_740_991), Value::Int(9_007_199_254_740_991));
    assert_eq!(Value::id(9_007_199_254_740_992), Value::text("9007199254740992"));
}

#[test]
fn whole_numbers_are_told_from_others() {
    assert_eq!(Value::number(-7.0), Value::Int(-7));
    assert_eq!(Value::number(1.5), Value::Float(1.5));
    assert_eq!(Value::number(1e300), Value::Float(1e300));
    assert!(matches!(Value::number(f64::NAN), Value::Float(_)));
}
