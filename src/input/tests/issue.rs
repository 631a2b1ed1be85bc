use super::*;

#[test]
fn paths_read_as_the_caller_wrote_them() {
    assert_eq!(field_path("", "content"), "content");
    assert_eq!(
        field_path(&item_path("template_params.button_params", 1), "payload"),
        "template_params.button_params[1].payload"
    );
    assert_eq!(
        field_path("template_params.processed_params", "1"),
        "template_params.processed_params[\"1\"]"
    );
    assert_eq!(field_path("", &"é".repeat(1000)), format!("[\"{}\"]", "é".repeat(64)));
}

#[test]
fn what_is_too_much_to_list_stops_the_message_all_the_same() {
    let long = "x".repeat(MOST_BYTES / 8);
    for (path, listed) in [("a", MOST_ISSUES), (long.as_str(), 4)] {
        let mut issues = Issues::new();
        for _ in 0..5000 {
            issues.add(Severity::Warning, path, "odd", "is odd");
        }
        assert!(!issues.has_errors());
        issues.error(path, "blank", "is blank");
        assert!(issues.has_errors());
        let list = issues.into_vec();
        assert_eq!((list.len(), list.last().unwrap().code), (listed, "too_many_issues"));
    }
}

#[test]
fn the_summary_names_the_first_issues_and_that_nothing_was_sent() {
    let mut issues = Issues::new();
    issues.error("content", "blank", "is blank");
    assert_eq!(summary(&issues.0), "Nothing was sent: content is blank.");
    issues.error("private", "wrong_type", "must be true or false; got null");
    assert_eq!(
        summary(&issues.0),
        "Nothing was sent, 2 issues: content is blank; private must be true or false; got null."
    );
    for _ in 0..9_998 {
        issues.error("content", "blank", &"is blank ".repeat(100));
    }
    let summary = summary(&issues.0);
    assert!(summary.starts_with("Nothing was sent, 1000 issues: content is blank; private"), "{summary}");
    assert!(summary.ends_with("...; and 997 more."), "{summary}");
    assert!(summary.chars().count() < 400, "{summary}");
}
