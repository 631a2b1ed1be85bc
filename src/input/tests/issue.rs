use super::*;

#[test]
fn what_is_too_much_to_list_stops_the_message_all_the_same() {
    let long = "x".repeat(MOST_BYTES / 4);
    for (problem, listed) in [("is odd", MOST_ISSUES), (long.as_str(), 4)] {
        let mut issues = Issues::new();
        for _ in 0..5000 {
            issues.add(Severity::Warning, &Place::MESSAGE, "odd", problem);
        }
        assert!(!issues.has_errors());
        issues.error(&Place::MESSAGE, "blank", problem);
        assert!(issues.has_errors());
        let list = issues.into_vec();
        assert_eq!((list.len(), list.last().unwrap().code), (listed, "too_many_issues"));
    }
}
