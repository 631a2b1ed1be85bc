use super::*;
use proptest::prelude::*;

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        any::<String>().prop_map(Value::Text),
        "[\u{0}-\u{1f}\"\\\\]{0,8}".prop_map(Value::Text),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(value in tree()) {
        prop_assert_eq!(serde_json::from_str::<Value>(&write(&value)).unwrap(), value);
    }

    #[test]
    fn every_finite_number_reads_back_the_same(number in any::<f64>()) {
        prop_assume!(number.is_finite());
        let read: f64 = serde_json::from_str(&write(&Value::Float(number))).unwrap();
        prop_assert_eq!(read, number);
    }
}

#[test]
fn numbers_look_as_javascript_writes_them() {
    assert_eq!(number::float_text(3.5), "3.5");
    assert_eq!(number::float_text(-0.0), "0");
    assert_eq!(write(&Value::Float(f64::NAN)), "null");
}
