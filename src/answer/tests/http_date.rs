use super::*;
use proptest::prelude::*;
use std::time::Duration;

proptest! {
    #[test]
    fn agrees_with_the_httpdate_crate(seconds in 0u64..10_000_000_000) {
        let time = std::time::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap();
        prop_assert_eq!(parse(&httpdate::fmt_http_date(time)), Some(seconds));
    }

    #[test]
    fn any_text_is_read_without_trouble(text in "[A-Za-z0-9 ,:-]{0,40}") {
        let _ = parse(&text);
    }
}

#[test]
fn reads_all_three_forms() {
    for date in
        ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
    {
        assert_eq!(parse(date), Some(784_111_777), "{date}");
    }
    assert_eq!(parse("Friday, 01-Jan-27 00:00:00 GMT"), Some(1_798_761_600));
}

#[test]
fn refuses_what_is_no_date() {
    for text in [
        "",
        "Sun",
        "soon",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 25:00:00 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT",
        "Sun, 06 Nov 1969 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 08:49:37:00 GMT",
        "Sün, 06 Nov 1994",
    ] {
        assert_eq!(parse(text), None, "{text:?}");
    }
}
