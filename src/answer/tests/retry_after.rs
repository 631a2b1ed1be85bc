use super::*;
use proptest::prelude::*;

/// Sun, 06 Nov 1994 08:49:37 GMT
const NOW: f64 = 784_111_777_000.0;

#[test]
fn reads_seconds() {
    assert_eq!(retry_after_ms("0", NOW), Some(0.0));
    assert_eq!(retry_after_ms(" 120 ", NOW), Some(120_000.0));
}

#[test]
fn reads_all_three_forms_of_a_date() {
    for date in
        ["Sun, 06 Nov 1994 08:49:47 GMT", "Sunday, 06-Nov-94 08:49:47 GMT", "Sun Nov  6 08:49:47 1994"]
    {
        assert_eq!(retry_after_ms(date, NOW), Some(10_000.0), "{date}");
    }
    assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:49:00 GMT", NOW), Some(0.0));
}

#[test]
fn takes_absurd_values_as_absent() {
    for absurd in [
        "",
        "-1",
        "soon",
        "1.5",
        "1e3",
        "1000000000000000000000000000000",
        "99999999999999",
        "Sun, 06 Nov 2994 08:49:37 GMT",
        "Sun, 06 Nov 1969 08:49:37 GMT",
        "Foo, 99 Bar 1994",
        "+5",
        "٥",
    ] {
        assert_eq!(retry_after_ms(absurd, NOW), None, "{absurd:?}");
    }
}

proptest! {
    #[test]
    fn any_header_gives_a_sane_wait_or_none(header in any::<String>(), now in any::<f64>()) {
        if let Some(ms) = retry_after_ms(&header, now) {
            prop_assert!((0.0..=MAX_MS).contains(&ms));
        }
    }

    #[test]
    fn any_seconds_of_a_year_are_read(seconds in 0u32..=31_536_000) {
        prop_assert_eq!(retry_after_ms(&seconds.to_string(), NOW), Some(f64::from(seconds) * 1000.0));
    }
}
