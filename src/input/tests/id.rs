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
        Value::Foreign("a function".to_owned()),
    ];
    for value in texts.map(Value::text).into_iter().chain(others) {
        assert_eq!(parse(&value), None, "{value:?}");
        let mut issues = Issues::new();
        assert_eq!(check(&value, &Place::Root("conversationId"), &mut issues), None);
        let issues = issues.into_vec();
        assert_eq!(issues.len(), 1);
        assert!(issues[0].problem.starts_with("must be a positive integer"));
    }
}
