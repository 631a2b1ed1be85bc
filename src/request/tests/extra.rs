//! `requestOptions.extra`.

use super::*;

#[test]
fn extra_adds_fields_and_replaces_none() {
    let message = json(r#"{"content":"x"}"#);
    let request = prepared(&TEXT, &message, r#"{"echo_id":"7"}"#).unwrap();
    assert_eq!(request.body, Body::Json(r#"{"content":"x","echo_id":"7"}"#.to_owned()));
    let refused = |operation, message: &Value, extra| codes(prepared(operation, message, extra).unwrap_err());
    assert_eq!(refused(&TEXT, &message, r#"{"content":"y"}"#), ["requestOptions.extra.content duplicate"]);
    assert_eq!(refused(&TEXT, &message, "[]"), ["requestOptions.extra wrong_type"]);
    assert_eq!(refused(&RETRY, &Value::Int(5), r#"{"a":1}"#), ["requestOptions.extra unknown_field"]);
    let files = with_files(vec![file(1, "image/png", Some("a.png"))]);
    assert_eq!(
        refused(&ATTACHMENTS, &files, r#"{"attachments[]":"y"}"#),
        [r#"requestOptions.extra["attachments[]"] duplicate"#]
    );
    let Body::Form(form) = prepared(&ATTACHMENTS, &files, r#"{"a":{"b":1}}"#).unwrap().body else { panic!() };
    assert_eq!(form.fields, [("a".to_owned(), r#"{"b":1}"#.to_owned())]);
}

#[test]
fn extra_takes_no_name_that_a_form_turns_into_another() {
    let message = json(r#"{"content":"x"}"#);
    let files = with_files(vec![file(1, "image/png", Some("a.png"))]);
    for name in [
        "attachments[0]",
        "content[x]",
        "content_attributes[y]",
        "[content]",
        "a[b]",
        "a]",
        "con\\\\tent",
        "a\\nb",
        "",
        "_method",
    ] {
        let extra = format!(r#"{{"{name}":"y"}}"#);
        for (operation, message) in [(&TEXT, &message), (&ATTACHMENTS, &files)] {
            let found = prepared(operation, message, &extra).unwrap_err();
            assert_eq!(found.len(), 1, "{name}");
        }
    }
    for name in ["echo_id", "méthode", "a.b", "a b", "_x"] {
        assert!(prepared(&ATTACHMENTS, &files, &format!(r#"{{"{name}":"y"}}"#)).is_ok(), "{name}");
    }
}
