use super::*;

fn parse(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

#[test]
fn reads_the_documented_fields_that_count() {
    let answer = parse(
        r#"{"id":17629000001207,"content":"Hi","status":"sent","message_type":1,"private":false,
            "source_id":"wamid.1","created_at":1763700000,"sender":{"id":1,"type":"user"},
            "attachments":[{"id":5,"file_type":"image","extension":null,"file_size":70}]}"#,
    );
    let message = Message::read(&answer).unwrap();
    assert_eq!(message.id(), Some(17_629_000_001_207));
    let attachment = message.attachments().next().unwrap();
    assert_eq!((attachment.file_size(), attachment.extension()), (Some(70), None));
    assert!(!message.has_failed());
}

#[test]
fn reads_the_short_answers_of_templates_and_failures() {
    let template = parse(
        r#"{"id":9,"content":"x","message_type":1,"status":"new word",
            "additional_attributes":{"template_params":{"name":"order_update"}}}"#,
    );
    assert!(!Message::read(&template).unwrap().has_failed());
    let failed = parse(r#"{"id":123,"status":"failed","content_attributes":{"external_error":"131047: x"}}"#);
    let failed = Message::read(&failed).unwrap();
    assert!(failed.has_failed());
    assert_eq!(failed.id(), Some(123));
}

#[test]
fn what_is_no_message_is_not_read_as_one() {
    for answer in [
        "null",
        "[]",
        "{}",
        "7",
        r#"{"id":1}"#,
        r#"{"status":"sent"}"#,
        r#"{"id":0,"status":"sent"}"#,
        r#"{"id":1.5,"status":"sent"}"#,
        r#"{"id":1,"status":7}"#,
        r#"[{"id":1,"status":"sent"}]"#,
    ] {
        assert!(Message::read(&parse(answer)).is_none(), "{answer}");
    }
}

#[test]
fn odd_types_of_other_fields_are_no_reason_to_lose_a_message() {
    let answer = parse(r#"{"id":1,"status":"sent","content":7,"source_id":12,"sender":[],"attachments":{}}"#);
    let message = Message::read(&answer).unwrap();
    assert_eq!(message.id(), Some(1));
    assert_eq!(message.attachments().count(), 0);
}
