use super::*;

const KNOWN: [&str; 4] = ["content", "private", "content_attributes", "attachments"];

#[test]
fn finds_the_name_that_was_meant() {
    for (typed, meant) in [
        ("contents", "content"),
        ("Private", "private"),
        ("privat", "private"),
        ("contentAttributes", "content_attributes"),
        ("attachment", "attachments"),
        ("attachements", "attachments"),
        ("conten_atributes", "content_attributes"),
        ("cotnent", "content"),
    ] {
        assert_eq!(nearest(typed, &KNOWN), Some(meant), "{typed}");
    }
}

#[test]
fn says_nothing_when_nothing_is_near() {
    for typed in ["subject", "", "x", "message_type", &"content".repeat(20)] {
        assert_eq!(nearest(typed, &["content", "private"]), None, "{typed}");
    }
}

#[test]
fn the_difference_is_what_stands_between_the_common_ends() {
    let difference = |a: &str, b: &str| difference(a.as_bytes(), b.as_bytes());
    assert_eq!(difference("same", "same"), 0);
    assert_eq!(difference("aaa", "aaaa"), 1);
    assert_eq!(difference("abc", ""), 3);
    assert_eq!(difference("abcd", "abxd"), 1);
}
