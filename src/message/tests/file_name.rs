use super::*;
use proptest::prelude::*;

fn name(name: &str) -> String {
    arriving(name, "image/png", 1)
}

#[test]
fn a_plain_name_stays_as_it_is() {
    for plain in ["a.png", "Übergröße 写真 👍🏽.png", "100%.txt", r#"a "b"; c.txt"#, ".env", "a..b", " a"]
    {
        assert_eq!(name(plain), plain);
    }
}

#[test]
fn of_a_path_the_last_part_that_says_something_arrives() {
    for path in ["/home/ada/a.png", r"C:\Users\Ada\a.png", "a.png/", "a.png/..", r"a.png\. /", "//a.png//"] {
        assert_eq!(name(path), "a.png", "{path}");
    }
}

#[test]
fn a_name_that_is_none_gets_one() {
    for none in ["/", "\\", "//\\", ".", "..", "../..", "\u{1}\u{7f}", ". /\t", "/\n/"] {
        assert_eq!(name(none), "attachment-2.png", "{none:?}");
    }
}

#[test]
fn a_long_name_is_cut_and_keeps_its_extension() {
    let long = name(&format!("{}.png", "a".repeat(2000)));
    assert_eq!(long, format!("{}.png", "a".repeat(1020)));
    assert_eq!(name(&"a".repeat(1024)).len(), 1024);
    assert_eq!(name(&"a".repeat(1025)).len(), 1024);
    assert_eq!(name(&format!("{}.png", "\"".repeat(600))).len(), 340 + 4);
    assert_eq!(name(&format!("a.{}", "b".repeat(2000))).len(), 1024);
    assert_eq!(name(&format!(".{}", "b".repeat(2000))).len(), 1024);
}

#[test]
fn a_cut_leaves_no_part_of_a_character_behind() {
    let flagged = |end: &str| format!("{}{end}{}.png", "a".repeat(1018), "b".repeat(600));
    // The accent, the tone and what the joiner joins would stand behind the cut.
    assert_eq!(name(&flagged("ae\u{301}")), format!("{}.png", "a".repeat(1019)));
    assert_eq!(name(&flagged("👍🏽")), format!("{}.png", "a".repeat(1018)));
    let family = "👩\u{200d}👩\u{200d}👧";
    assert_eq!(name(&format!("{}{family}{}", "a".repeat(1012), "b".repeat(99))), "a".repeat(1012));
    let marks = name(&format!("a{}", "\u{301}".repeat(2000)));
    assert!(marks.len() > 900, "{}", marks.len());
}

#[test]
fn what_racks_decoding_would_change_is_written_encoded() {
    assert_eq!(escape("100%.txt"), "100%25.txt");
    assert_eq!(escape("a%20b.txt"), "a%2520b.txt");
    assert_eq!(escape(r#"a"; name="content"#), "a%22%3B name=%22content");
    assert_eq!(escape("a\r\nb"), "a%0D%0Ab");
}

proptest! {
    #[test]
    fn every_name_arrives_whole_and_within_the_limit(given in "([/\\\\.%\";\r\n\u{301}👍]|.){0,1500}") {
        let arrives = name(&given);
        prop_assert!(escape(&arrives).len() <= MAX_BYTES && escape(&arrives).len() == written_bytes(&arrives));
        prop_assert!(says_something(&arrives) && !arrives.contains(['/', '\\']));
        prop_assert_eq!(name(&arrives), arrives);
    }
}
