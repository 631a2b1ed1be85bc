use super::*;

const WHOLE_START: &str =
    r#"{"id":29,"status":"sent","content_type":"text","message_type":1,"private":false"#;

fn files(names: &[(&str, u64)]) -> Vec<AttachmentFile> {
    let file = |(name, size): &(&str, u64)| AttachmentFile {
        index: 0,
        size: *size,
        name: (*name).to_owned(),
        media_type: "text/plain".to_owned(),
    };
    names.iter().map(file).collect()
}

fn compared(sent: &[(&str, u64)], answer: &str) -> Arrived {
    compare(&files(sent), &serde_json::from_str(answer).unwrap())
}

fn advice(sent: &[(&str, u64)], shown: &str) -> String {
    match compared(sent, &format!(r#"{WHOLE_START},"attachments":{shown}}}"#)) {
        Arrived::Fewer(lost) => lost.advice(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_whole_answer_with_fewer_files_or_none_has_lost_some() {
    let one = [("a.txt", 1)];
    for rest in ["}", r#","attachments":null}"#, r#","attachments":[]}"#] {
        let answer = format!("{WHOLE_START}{rest}");
        assert!(matches!(compared(&one, &answer), Arrived::Fewer(_)), "{answer}");
    }
    assert_eq!(compared(&one, &format!(r#"{WHOLE_START},"attachments":[{{}}]}}"#)), Arrived::All);
    assert_eq!(compared(&[], &format!("{WHOLE_START}}}")), Arrived::All);
}

#[test]
fn a_partial_answer_proves_nothing_unless_it_shows_enough() {
    let one = [("a.txt", 1)];
    for answer in [
        r#"{"id":29,"status":"sent"}"#,
        r#"{"id":29,"status":"sent","content":"x","message_type":1,"additional_attributes":{}}"#,
        r#"{"id":29,"status":"sent","attachments":[]}"#,
        &format!(r#"{WHOLE_START},"attachments":{{"count":1}}}}"#),
    ] {
        assert_eq!(compared(&one, answer), Arrived::Unknown, "{answer}");
    }
    assert_eq!(compared(&one, r#"{"id":29,"status":"sent","attachments":[{"id":1}]}"#), Arrived::All);
}

#[test]
fn names_the_files_that_are_missing() {
    let three = [("a.txt", 5), ("Grüße 100%.txt", 5), ("c.pdf", 9)];
    for (shown, missing) in [
        (
            r#"[{"data_url":"https://x.test/1/a.txt?y=/z"},{"data_url":"https://x.test/2/Gr%C3%BC%C3%9Fe%20100-.txt"}]"#,
            "c.pdf",
        ),
        (r#"[{"data_url":"https://x.test/1/a.txt"},{"file_size":9}]"#, "Grüße 100%.txt"),
        (r#"[{"file_size":5,"extension":"txt"},{"file_size":5,"extension":"TXT"}]"#, "c.pdf"),
    ] {
        assert_eq!(
            advice(&three, shown),
            format!(
                "The message is in the conversation without {missing}; \
                 send only {missing} again, under another name."
            )
        );
    }
    assert_eq!(
        advice(&three, r#"[{"extension":"pdf"}]"#),
        "The message is in the conversation without a.txt, Grüße 100%.txt; \
         send only what is missing again, under another name."
    );
}

#[test]
fn names_none_when_it_cannot_be_told_which() {
    for shown in [r#"[{"file_size":5}]"#, "[{}]", r#"[{"file_size":77}]"#, "[7]"] {
        assert_eq!(
            advice(&[("a.txt", 5), ("b.txt", 5)], shown),
            "The message is in the conversation without 1 of its 2 files; \
             send only what is missing again, under another name."
        );
    }
}

#[test]
fn names_are_shown_on_one_line_shortened_and_not_too_many() {
    let long = format!("a\r\n\u{202e}{}.txt", "b".repeat(100));
    let names: Vec<(&str, u64)> = (0..7).map(|_| (long.as_str(), 1)).collect();
    let advice = advice(&names, "[]");
    assert!(!advice.contains(['\r', '\n', '\u{202e}']) && advice.chars().count() < 600, "{advice}");
    assert!(
        advice.contains("bbb..., a") && advice.contains("bbb..., ...; send only what is missing"),
        "{advice}"
    );
}
