use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn whole_numbers_are_written_and_read_as_std_does(number in any::<i64>()) {
        prop_assert_eq!(number.to_string(), number.to_string());
        let digits = number.unsigned_abs().to_string();
        prop_assert_eq!(parse_digits(&digits), digits.parse().ok());
    }
}

#[test]
fn the_ends_of_the_range_are_kept() {
    for number in [0, -1, i64::MIN, i64::MAX] {
        assert_eq!(number.to_string(), number.to_string());
    }
    for text in ["", "-1", "+1", "1.0", " 1", "٥", "9223372036854775808"] {
        assert_eq!(parse_digits(text), None, "{text}");
    }
    assert_eq!(parse_digits("9223372036854775807"), Some(i64::MAX));
    assert_eq!(parse_digits("007"), Some(7));
}
