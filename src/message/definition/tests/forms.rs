//! The forms a definition comes in.

use super::*;
use crate::message::definition::preview;

#[test]
fn a_definition_in_short_is_read_like_one_of_metas() {
    let metas = r#"{"name":"n","language":"en","status":"APPROVED","components":[
        {"type":"HEADER","format":"TEXT","text":"H {{1}}"},{"type":"BODY","text":"B {{1}}"},{"type":"FOOTER","text":"F"},
        {"type":"BUTTONS","buttons":[{"type":"URL","text":"https://a.example/{{1}}","url":"https://a.example/{{1}}"},
        {"type":"QUICK_REPLY","text":"Stop"},{"type":"PHONE_NUMBER","text":"Call","phone_number":"+1"}]}]}"#;
    let inbox = metas.replace("HEADER", "header").replace("URL", "url").replace("QUICK_REPLY", "quick_reply");
    let short = r#"{"name":"n","language":"en","status":"APPROVED","header":"H {{1}}","body":"B {{1}}","footer":"F",
        "buttons":["https://a.example/{{1}}","Stop",{"text":"Call","phone_number":"+1"}]}"#;
    let long = r#"{"name":"n","language":"en","status":"APPROVED","header":{"type":"text","text":"H {{1}}"},
        "body":{"text":"B {{1}}"},"footer":{"text":"F"},"buttons":[{"url":"https://a.example/{{1}}",
        "text":"https://a.example/{{1}}"},{"type":"quick_reply","text":"Stop"},{"phone_number":"+1","text":"Call"}]}"#;
    for params in ["{}", r#"{"name":"n","language":"de","processed_params":{"1":"x","2":"y"}}"#] {
        let expected = preview(&value(&json(metas)), &value(&json(params)));
        for other in [inbox.as_str(), short, long] {
            assert_eq!(preview(&value(&json(other)), &value(&json(params))), expected, "{other}");
        }
    }
}

#[test]
fn what_is_no_definition_is_an_issue_and_no_more() {
    for odd in
        ["7", r#""Hi {{1}}""#, "{}", r#"{"components":[7]}"#, r#"{"components":[]}"#, r#"{"header":"x"}"#]
    {
        let issues = found(&json(odd), &json("{}"));
        assert_eq!(issues.len(), 1, "{odd}");
        assert_eq!((issues[0].code, issues[0].path.as_str()), ("invalid_definition", "definition"));
    }
    assert_eq!(found(&json("null"), &json("{}")), []);
}

#[test]
fn parts_of_other_types_than_metas_count_as_none() {
    let long = format!(r#"{{"body":"{}"}}"#, "{{1}}".repeat(2000));
    let many =
        format!(r#"{{"body":"x","buttons":[{}"x"]}}"#, r#"{"url":"https://a.example/"},"#.repeat(5000));
    for odd in [
        r#"{"body":7}"#,
        r#"{"body":"x","header":7,"footer":[],"buttons":{}}"#,
        r#"{"body":"x","buttons":[{},7,null,[],{"text":7,"url":7,"type":7}]}"#,
        r#"{"components":[7,{"type":7},{"type":"BODY","text":"x"},{"type":"BUTTONS","buttons":7}]}"#,
        &long,
        &many,
    ] {
        let params = if odd.contains(r#""body":7"#) { r#"{"processed_params":{"1":"x"}}"# } else { "{}" };
        assert_eq!(found(&json(odd), &json(params)), [], "{odd}");
        preview(&value(&json(odd)), &value(&json(params)));
    }
}

#[test]
fn the_one_that_is_meant_is_found_in_a_list() {
    let one = |language: &str| format!(r#"{{"name":"n","language":"{language}","body":"Hi {{{{1}}}}"}}"#);
    let items = format!(r#"[{{"name":"other","body":"x"}},{},{}]"#, one("en"), one("th"));
    for list in [
        items.clone(),
        format!(r#"{{"data":{items},"paging":{{}}}}"#),
        format!(r#"{{"message_templates":{items}}}"#),
    ] {
        let definition = json(&list);
        let fill = |name: &str, language: &str| {
            json(&format!(r#"{{"name":"{name}","language":"{language}","processed_params":{{"1":"x"}}}}"#))
        };
        assert_eq!(listed(&definition, &fill("n", "th")), Vec::<String>::new());
        assert_eq!(listed(&definition, &fill("n", "ja")), ["language wrong_language"]);
        assert_eq!(listed(&definition, &fill("m", "th")), ["definition unknown_template"]);
        assert_eq!(listed(&definition, &json("{}")), ["definition unknown_template"]);
    }
}
