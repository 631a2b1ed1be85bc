//! What goes to JavaScript to be shown; what it makes of that is in tests/package/preview.test.mjs.

use super::*;
use crate::message::definition::preview;

fn previewed(definition: &serde_json::Value, params: &serde_json::Value) -> serde_json::Value {
    json(&preview(&value(definition), &value(params)).0)
}

#[test]
fn texts_go_in_pieces_of_which_every_second_is_a_variable() {
    let definition = json(
        r#"{"header":"Order {{1}}","body":"Hi {{1}}, *{{2}}* {{3}}","footer":"Acme",
            "buttons":[{"text":"Track","url":"https://shop.example/{{1}}"},"Stop",{"text":"Call","phone_number":"+1"}]}"#,
    );
    let params = json(
        r##"{"header_params":{"type":"text","text_variables":{"1":"#4"}},"processed_params":{"1":"Ada","2":4},
            "button_params":[{"index":0,"sub_type":"url","text":"t/4"},{"index":1,"sub_type":"quick_reply","payload":"S"}]}"##,
    );
    assert_eq!(
        previewed(&definition, &params),
        json(
            r##"{"header":{"type":"text","text":["Order ",{"name":"1","text":"#4"},""]},
                "body":["Hi ",{"name":"1","text":"Ada"},", *",{"name":"2","text":"4"},"* ",
                    {"name":"3","text":"{{3}}","missing":true},""],
                "footer":["Acme"],
                "buttons":[{"index":0,"type":"url","text":"Track",
                        "url":["https://shop.example/",{"name":"1","text":"t/4"},""]},
                    {"index":1,"type":"quick_reply","text":"Stop","payload":"S"},
                    {"index":2,"type":"phone_number","text":"Call","phone_number":"+1"}]}"##
        )
    );
}

#[test]
fn media_and_places_are_named() {
    let shown = |kind: &str, params: &str| {
        let definition = json(&format!(r#"{{"header":{{"format":"{kind}"}},"body":"x"}}"#));
        previewed(&definition, &json(&format!(r#"{{"header_params":{params}}}"#)))["header"].clone()
    };
    assert_eq!(
        shown("IMAGE", r#"{"type":"image","media_url":"https://a.example/b/c.png?x=1/2"}"#),
        json(r#"{"media_url":"https://a.example/b/c.png?x=1/2","filename":"c.png","type":"image"}"#)
    );
    assert_eq!(
        shown("DOCUMENT", r#"{"media_url":"https://a.example/1","filename":"Invoice.pdf"}"#)["filename"],
        "Invoice.pdf"
    );
    assert_eq!(shown("VIDEO", "null"), json(r#"{"type":"video"}"#));
    assert_eq!(
        shown("LOCATION", r#"{"location":{"latitude":1,"longitude":2}}"#),
        json(r#"{"location":{"latitude":1,"longitude":2},"type":"location"}"#)
    );
}

#[test]
fn a_variable_that_stands_there_again_and_again_does_not_make_much_of_little() {
    let definition = serde_json::json!({ "body": "{{1}}".repeat(1600) });
    let shown =
        previewed(&definition, &serde_json::json!({ "processed_params": { "1": "x".repeat(30_000) } }));
    assert!(shown["body"].to_string().len() < 200_000);
}
