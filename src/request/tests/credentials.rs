use super::*;

#[test]
fn encodes_the_bytes_of_utf_8() {
    assert_eq!(basic("key", "secret"), "Basic a2V5OnNlY3JldA==");
    // RFC 7617 section 2.1: user "test", password "123£".
    assert_eq!(basic("test", "123£"), "Basic dGVzdDoxMjPCow==");
}

#[test]
fn tells_a_header_value_from_other_text() {
    assert!(is_header_value("Basic a2V5OnNlY3JldA=="));
    for good in ["Bearer a:b", "AWS id:signature", "t0ken"] {
        assert!(is_header_value(good), "{good:?}");
    }
    for bad in ["key:secret", "key:a secret", "basic key:secret", " Basic a2V5", "Basic a2V5\u{a0}"] {
        assert!(!is_header_value(bad), "{bad:?}");
    }
    for bad in ["", " ", "Basic a\r\nX-Evil: 1", "Basic \u{0}", "Basic \u{2603}"] {
        assert!(!is_header_value(bad), "{bad:?}");
    }
}
