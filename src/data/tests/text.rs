use super::*;

#[test]
fn takes_text_apart_at_marks() {
    for (text, parts) in
        [("", &[""][..]), ("a", &["a"]), ("a-b_é", &["a", "b", "é"]), ("_é--", &["", "é", "", ""])]
    {
        assert_eq!(split(text, "-_").collect::<Vec<_>>(), parts, "{text}");
    }
    assert_eq!(split_once("é:b:c", ":"), Some(("é", "b:c")));
    assert_eq!(split_once("abc", ":"), None);
    assert_eq!((before("a?b", "#?"), before("ab", "#?")), ("a", "ab"));
    assert!(has_one_of("a\0", "\0") && !has_one_of("é", "\0"));
}
