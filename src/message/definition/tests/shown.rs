//! What the customer will read.

use super::*;
use crate::message::definition::preview::preview;

fn previewed(definition: &serde_json::Value, params: &serde_json::Value) -> serde_json::Value {
    let (definition, params) = (value(definition), value(params));
    let read = read::read(&definition, "definition", &mut Issues::new()).unwrap();
    json(&crate::data::json::write(&preview(&read, &params).build()))
}

#[test]
fn header_body_footer_and_buttons_are_filled_and_variables_marked() {
    let definition = json(
        r#"{"header":"Order {{1}}","body":"Hi {{1}}, *{{2}}*.","footer":"Acme",
            "buttons":[{"text":"Track","url":"https://shop.example/{{1}}"},"Stop",{"text":"Call","phone_number":"+1"}]}"#,
    );
    let params = json(
        r##"{"header_params":{"type":"text","text_variables":{"1":"#4"}},"processed_params":{"1":"Ada","2":4},
            "button_params":[{"index":0,"sub_type":"url","text":"t/4"},{"index":1,"sub_type":"quick_reply","payload":"S"}]}"##,
    );
    assert_eq!(
        previewed(&definition, &params),
        json(
            r##"{"header":{"text":"Order #4","nodes":[{"type":"text","text":"Order "},
                    {"type":"variable","text":"#4","name":"1"}],"type":"text"},
                "body":{"text":"Hi Ada, *4*.","nodes":[{"type":"text","text":"Hi "},
                    {"type":"variable","text":"Ada","name":"1"},{"type":"text","text":", "},
                    {"type":"bold","children":[{"type":"variable","text":"4","name":"2"}]},{"type":"text","text":"."}]},
                "footer":{"text":"Acme","nodes":[{"type":"text","text":"Acme"}]},
                "buttons":[{"index":0,"type":"url","text":"Track","url":"https://shop.example/t/4"},
                    {"index":1,"type":"quick_reply","text":"Stop","payload":"S"},
                    {"index":2,"type":"phone_number","text":"Call","phone_number":"+1"}]}"##
        )
    );
}

#[test]
fn a_variable_without_a_value_stands_there_as_it_is_written() {
    let shown = previewed(
        &json(r#"{"body":"{{1}}様、{{2}}を発送しました。"}"#),
        &json(r#"{"processed_params":{"1":"山田"}}"#),
    );
    assert_eq!(shown["body"]["text"], "山田様、{{2}}を発送しました。");
    assert_eq!(
        shown["body"]["nodes"][2],
        json(r#"{"type":"variable","text":"{{2}}","name":"2","missing":true}"#)
    );
    assert_eq!((&shown["header"], &shown["footer"]), (&json("null"), &json("null")));
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
    assert_eq!(shown("VIDEO", "null"), json(r#"{"media_url":null,"filename":null,"type":"video"}"#));
    assert_eq!(
        shown("LOCATION", r#"{"location":{"latitude":1,"longitude":2}}"#),
        json(r#"{"location":{"latitude":1,"longitude":2},"type":"location"}"#)
    );
}

#[test]
fn every_sample_is_shown_with_its_values() {
    for Sample { definition, params, .. } in samples() {
        let shown = previewed(&definition, &params);
        let text = shown["body"]["text"].as_str().unwrap();
        for value in params["processed_params"].as_object().into_iter().flat_map(|values| values.values()) {
            assert!(text.contains(value.as_str().unwrap()), "{text}");
        }
        assert!(!text.contains("{{"), "{text}");
    }
}

#[test]
fn a_variable_that_stands_there_again_and_again_does_not_make_much_of_little() {
    let definition = serde_json::json!({ "body": "{{1}}".repeat(1600) });
    let shown =
        previewed(&definition, &serde_json::json!({ "processed_params": { "1": "x".repeat(30_000) } }));
    assert!(shown["body"]["text"].as_str().unwrap().len() < 100_000);
}
