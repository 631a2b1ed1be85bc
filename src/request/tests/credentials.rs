use super::*;

#[test]
fn encodes_the_bytes_of_utf_8() {
    assert_eq!(basic("key", "secret"), "Basic a2V5OnNlY3JldA==");
    // RFC 7617 section 2.1: user "test", password "123£".
    assert_eq!(basic("test", "123£"), "Basic dGVzdDoxMjPCow==");
}

/// RFC 4648, section 10.
#[test]
fn fills_up_what_is_no_multiple_of_three_bytes() {
    for (plain, encoded) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        assert_eq!(base64(plain.as_bytes()), encoded);
    }
}

#[test]
fn has_a_digit_for_each_six_bits() {
    let mut bytes = Vec::new();
    for digits in (0..64_u32).collect::<Vec<_>>().chunks(4) {
        let bits = digits.iter().fold(0, |bits, digit| bits << 6 | digit);
        bytes.extend(bits.to_be_bytes().iter().skip(1));
    }
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    assert_eq!(base64(&bytes), digits);
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
