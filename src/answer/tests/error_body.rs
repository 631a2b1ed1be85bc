use super::*;
use proptest::prelude::*;

fn of(json: &str) -> Option<String> {
    said(&serde_json::from_str(json).unwrap()).map(|text| shorten(&text))
}

#[test]
fn finds_the_sentence_in_every_shape() {
    for (body, expected) in [
        (
            r#"{"errors":["You need to sign in or sign up before continuing."]}"#,
            "You need to sign in or sign up before continuing",
        ),
        (r#"{"error":"Invalid Access Token"}"#, "Invalid Access Token"),
        (r#"{"error":"Resource could not be found"}"#, "Resource could not be found"),
        (r#"{"message":"Content is too long","attributes":["content"]}"#, "Content is too long (content)"),
        (r#"{"status":500,"error":"Internal Server Error"}"#, "Internal Server Error"),
        (r#"{"code":2001,"message":"bad token"}"#, "bad token (2001)"),
        (r#"{"errors":{"content":["is too long","is odd"]}}"#, "content is too long; is odd"),
        (r#""Retry later\n""#, "Retry later"),
    ] {
        assert_eq!(of(body).as_deref(), Some(expected), "{body}");
    }
}

#[test]
fn takes_nothing_from_pages_and_other_data() {
    for body in
        [r#""<html><h1>502 Bad Gateway</h1></html>""#, "null", "[]", "{}", "7", r#"{"error":7}"#, r#""""#]
    {
        assert_eq!(of(body), None, "{body}");
    }
}

#[test]
fn keeps_it_to_one_line_of_300_characters() {
    let long = shorten(&"é\n".repeat(400));
    assert_eq!(long.chars().count(), 303);
    assert!(!long.contains('\n'));
}

proptest! {
    #[test]
    fn any_text_is_taken_without_trouble(body in any::<String>()) {
        let _ = said(&Value::Text(body)).map(|text| shorten(&text));
    }
}
