//! WhatsApp's marks.

use super::*;
use crate::message::definition::rich_text::{Filled, Span};
use proptest::prelude::*;

/// The tree in short: `b(...)` for bold, `[name:...]` for a variable, `ul(...|...)` for a list.
fn short(nodes: &serde_json::Value) -> String {
    let mut out = String::new();
    for node in nodes.as_array().unwrap() {
        let text = node["text"].as_str().unwrap_or_default();
        let children = || short(&node["children"]);
        let lines = || node["lines"].as_array().unwrap().iter().map(short).collect::<Vec<_>>().join("|");
        out += &match node["type"].as_str().unwrap() {
            "text" => text.to_owned(),
            "variable" => format!("[{}:{text}]", node["name"].as_str().unwrap()),
            "bold" => format!("b({})", children()),
            "italic" => format!("i({})", children()),
            "strike" => format!("s({})", children()),
            "code" => format!("c({})", children()),
            "code_block" => format!("pre({})", children()),
            "bullets" => format!("ul({})", lines()),
            "numbers" => format!("ol({})", lines()),
            "quote" => format!("q({})", lines()),
            other => panic!("{other}"),
        };
    }
    out
}

fn tree(text: &str) -> String {
    tree_of(&Filled { text: text.to_owned(), values: Vec::new() })
}

fn tree_of(filled: &Filled<'_>) -> String {
    short(&json(&crate::data::json::write(&filled.marked())))
}

#[test]
fn marks_become_a_tree() {
    for (text, expected) in [
        ("plain", "plain"),
        ("*bold* _italic_ ~strike~ `code`", "b(bold) i(italic) s(strike) c(code)"),
        ("*a _b ~c~ d_ e*", "b(a i(b s(c) d) e)"),
        ("```a *b*\nc``` d", "pre(a *b*\nc) d"),
        ("`*a*`", "c(*a*)"),
        ("**a**", "*b(a)*"),
        ("(*a*), *b*!", "(b(a)), b(b)!"),
        ("*太字* です、*ตัวหนา* ครับ", "b(太字) です、b(ตัวหนา) ครับ"),
        ("「*太字*」😀*x*😀", "「b(太字)」😀b(x)😀"),
        ("- a\n- *b*\ntext\n1. c\n2. d", "ul(a|b(b))textol(c|d)"),
        ("* a\n* b", "ul(a|b)"),
        ("Dear Ada,\n> one\n> two\nbye", "Dear Ada,q(one|two)bye"),
        ("a\n\nb\n", "a\n\nb\n"),
        ("", ""),
    ] {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_mark_stays_text() {
    for text in [
        "2*3*4",
        "snake_case_name",
        "a * b * c",
        "* ",
        "*a",
        "a*",
        "*a\nb*",
        "``",
        "``````",
        "* a*b",
        "-a",
        "1.a",
        "1234. a",
        ">a",
        "~ a~",
        "今日は*太字*です",
    ] {
        let expected = if text == "* a*b" { "ul(a*b)" } else { text };
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn a_value_is_marked_within_the_marks_around_it_and_by_its_own() {
    let span = |start, end| Span { start, end, name: "1", is_missing: false };
    let filled = |text: &str, values| Filled { text: text.to_owned(), values };
    assert_eq!(tree_of(&filled("*Hi Ada!*", vec![span(4, 7)])), "b(Hi [1:Ada]!)");
    assert_eq!(tree_of(&filled("Hi *Ada*!", vec![span(3, 8)])), "Hi b([1:Ada])!");
    assert_eq!(tree_of(&filled("a* b*", vec![span(1, 4)])), "a[1:* b]*");
    assert_eq!(tree_of(&filled("x", vec![span(0, 0), span(1, 1)])), "x");
    assert_eq!(tree_of(&filled("ab", vec![span(0, 1), span(1, 2)])), "[1:a][1:b]");
}

#[test]
fn marks_without_an_end_are_looked_for_once() {
    for odd in ["*a ", "*_~", "_a", "```a", "`", "> ", "- a\n", "*a\n", "* *", "~*a* ", "`a*"] {
        let text = odd.repeat(200_000);
        let _ = Filled { text, values: Vec::new() }.marked();
    }
}

proptest! {
    #[test]
    fn no_letter_of_any_text_is_lost(text in "[a-c*_~`\n >.1é太-]{0,40}") {
        let kept = |text: &str| text.chars().filter(|c| matches!(c, 'a'..='c' | 'é' | '太')).collect::<String>();
        let flat = tree(&text).replace("ul(", "").replace("b(", "").replace("c(", "");
        let letters = |text: &str| text.matches(['é', '太', 'a']).count();
        prop_assert_eq!(letters(&flat), letters(&text), "{}", kept(&text));
    }
}
