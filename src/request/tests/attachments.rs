//! Attachments.

use super::*;
use crate::data::value::BUFFER;

#[test]
fn attachments_become_a_form_with_a_type_for_every_part() {
    let message = Value::Object(vec![
        (
            "attachments".to_owned(),
            Value::List(vec![
                file(70, "image/png", Some("a.png")),
                file(5, "", Some("voice.opus")),
                file(5, "application/pdf", None),
                json(r#"{"name":"data.csv","type":"Text/CSV"}"#),
            ]),
        ),
        ("content".to_owned(), Value::text("Here")),
        ("private".to_owned(), Value::Bool(true)),
        ("content_attributes".to_owned(), json(r#"{"in_reply_to":29}"#)),
    ]);
    let Value::Object(mut fields) = message else { panic!() };
    if let Value::List(items) = &mut fields[0].1
        && let Value::Object(item) = &mut items[3]
    {
        item.push(("data".to_owned(), file(9, "", None)));
    }
    let request = prepared(&ATTACHMENTS, &Value::Object(fields), "null").unwrap();
    assert_eq!(request.file_bytes(), 89);
    let Body::Form(form) = request.body else { panic!() };
    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(
        fields,
        [("content", "Here"), ("private", "true"), ("content_attributes", r#"{"in_reply_to":29}"#)]
    );
    let files: Vec<(&str, &str)> =
        form.files.iter().map(|file| (file.name.as_str(), file.media_type.as_str())).collect();
    assert_eq!(
        files,
        [
            ("a.png", "image/png"),
            ("voice.opus", "audio/ogg"),
            ("attachment-3.pdf", "application/pdf"),
            ("data.csv", "text/csv"),
        ]
    );
}

#[test]
fn private_is_sent_with_attachments_only_when_true_and_an_empty_caption_not_at_all() {
    let mut message = with_files(vec![file(1, "image/png", Some("a.png"))]);
    if let Value::Object(fields) = &mut message {
        fields.push(("private".to_owned(), Value::Bool(false)));
        fields.push(("content".to_owned(), Value::text("")));
    }
    let Body::Form(form) = prepared(&ATTACHMENTS, &message, "null").unwrap().body else { panic!() };
    assert!(form.fields.is_empty());
}

#[test]
fn attachments_are_refused_without_files_bytes_or_names() {
    let good = || file(1, "image/png", Some("a.png"));
    for (files, expected) in [
        (vec![], "attachments required"),
        ((0..16).map(|_| good()).collect(), "attachments too_many"),
        (vec![good(), file(0, "image/png", Some("b.png"))], "attachments[1] empty_file"),
        (vec![Value::text("a.png")], "attachments[0] wrong_type"),
        (vec![file(3, BUFFER, None)], "attachments[0] wrong_type"),
        (vec![json(r#"{"name":"a.png"}"#)], "attachments[0].data required"),
        (vec![json(r#"{"name":"a.png","data":"x"}"#)], "attachments[0].data wrong_type"),
    ] {
        assert_eq!(codes(validate(&ATTACHMENTS, &with_files(files), None)), [expected]);
    }
    for (message, expected) in
        [("{}", "attachments required"), (r#"{"attachments":{}}"#, "attachments wrong_type")]
    {
        assert_eq!(issues(&ATTACHMENTS, message, None), [expected]);
    }
    for item in [Value::text("a.png"), Value::Foreign("a stream".to_owned())] {
        let found = validate(&ATTACHMENTS, &with_files(vec![item]), None);
        assert!(found[0].problem.contains("fileFromPath"), "{}", found[0].problem);
    }
    let nameless = Value::Object(vec![("data".to_owned(), file(1, "", None))]);
    assert_eq!(
        codes(validate(&ATTACHMENTS, &with_files(vec![nameless]), None)),
        ["attachments[0].name required"]
    );
}

fn captioned(content: &str) -> Value {
    let mut message = with_files(vec![file(1, "image/png", Some("a.png"))]);
    if let Value::Object(fields) = &mut message {
        fields.push(("content".to_owned(), Value::text(content)));
    }
    message
}

#[test]
fn a_caption_is_counted_with_its_line_breaks_as_a_form_writes_them() {
    let check = |content: &str, channel| codes(validate(&ATTACHMENTS, &captioned(content), channel));
    let none: [&str; 0] = [];
    for (line_break, length) in [("\n", 2), ("\r", 2), ("\r\n", 2), ("\n\r", 4), ("\r\r\n", 4)] {
        let text = |most: usize| format!("{}{line_break}", "x".repeat(most - length));
        assert_eq!(check(&text(150_000), None), none, "{line_break:?}");
        assert_eq!(check(&text(150_001), None), ["content too_long"], "{line_break:?}");
        assert_eq!(check(&text(1024), Some(Channel::WhatsApp)), none);
        assert_eq!(check(&text(1025), Some(Channel::WhatsApp)), ["content too_long"]);
    }
    assert_eq!(check("a\0b", None), ["content nul"]);
    let Body::Form(form) = prepared(&ATTACHMENTS, &captioned("a\nb"), "null").unwrap().body else { panic!() };
    assert_eq!(form.fields, [("content".to_owned(), "a\nb".to_owned())]);
}

#[test]
fn names_and_types_are_sent_as_they_arrive() {
    let files = vec![
        file(1, "video/webm;codecs=vp8,opus", Some("clip/screen.webm")),
        file(1, "audio/ogg; codecs=opus", Some("..")),
        file(1, "IMAGE/PNG", Some("50%.png")),
        file(1, "image", Some(r"C:\film.m4v")),
    ];
    let Body::Form(form) = prepared(&ATTACHMENTS, &with_files(files), "null").unwrap().body else { panic!() };
    let files: Vec<(&str, &str)> =
        form.files.iter().map(|file| (file.name.as_str(), file.media_type.as_str())).collect();
    assert_eq!(
        files,
        [
            ("screen.webm", "video/webm"),
            ("attachment-2.oga", "audio/ogg; codecs=opus"),
            ("50%.png", "image/png"),
            ("film.m4v", "video/mp4"),
        ]
    );
}

#[test]
fn nul_in_a_name_is_refused_encoded_too() {
    for name in ["a\0b.txt", "a%00b.txt"] {
        let message = with_files(vec![file(1, "text/plain", Some(name))]);
        assert_eq!(codes(validate(&ATTACHMENTS, &message, None)), ["attachments[0].name nul"]);
    }
    let mut named = json(r#"{"name":"a\u0000b.txt"}"#);
    if let Value::Object(fields) = &mut named {
        fields.push(("data".to_owned(), file(1, "", None)));
    }
    let message = with_files(vec![named]);
    assert_eq!(codes(validate(&ATTACHMENTS, &message, None)), ["attachments[0].name nul"]);
}

#[test]
fn a_channel_limits_files_by_number_type_and_size() {
    const MB: u64 = 1_048_576;
    let check = |channel, files| codes(validate(&ATTACHMENTS, &with_files(files), Some(channel)));
    let png = |size| file(size, "image/png", Some("a.png"));
    let none: [&str; 0] = [];
    assert_eq!(check(Channel::WhatsApp, vec![png(5 * MB)]), none);
    assert_eq!(check(Channel::WhatsApp, vec![png(5 * MB + 1)]), ["attachments[0] too_large"]);
    assert_eq!(check(Channel::WhatsApp, vec![png(1), png(1)]), ["attachments too_many"]);
    let gif = file(1, "image/gif", Some("a.gif"));
    assert_eq!(check(Channel::WhatsApp, vec![gif.clone()]), ["attachments[0] unsupported_type"]);
    assert_eq!(check(Channel::Messenger, vec![gif, png(8 * MB)]), none);
    assert_eq!(check(Channel::WebWidget, vec![png(40 * MB + 1)]), ["attachments[0] too_large"]);
    assert_eq!(check(Channel::Api, vec![png(400 * MB)]), none);
    let voice = file(1, "audio/ogg; codecs=opus", Some("a.ogg"));
    assert_eq!(check(Channel::WhatsApp, vec![voice]), none);
}
