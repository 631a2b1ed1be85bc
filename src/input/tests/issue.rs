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
