//! What is missing, too much, in the wrong place or called otherwise.

use super::*;

#[test]
fn sixty_definitions_are_filled_without_an_issue_or_say_what_cannot_be_filled() {
    let samples = samples();
    assert_eq!(samples.len(), 60);
    for Sample { definition, params, cannot } in samples {
        let issues = found(&definition, &params);
        let Some(kind) = cannot else {
            assert_eq!(issues, [], "{definition}");
            continue;
        };
        let kind = kind.to_lowercase();
        assert!(issues.iter().any(|issue| issue.message.to_lowercase().contains(&kind)), "{issues:?}");
        assert!(issues.iter().all(|issue| issue.code == "cannot_fill"), "{issues:?}");
    }
}

#[test]
fn every_value_that_is_left_out_is_named() {
    let mut left_out = 0;
    for Sample { definition, params, .. } in samples() {
        for (place, keys) in [
            ("processed_params", params["processed_params"].clone()),
            ("header_params.text_variables", params["header_params"]["text_variables"].clone()),
        ] {
            for key in keys.as_object().into_iter().flat_map(|keys| keys.keys()) {
                let mut without = params.clone();
                let pointer = format!("/{}", place.replace('.', "/"));
                without.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().remove(key);
                let issues = found(&definition, &without);
                let missing = issues.iter().find(|issue| issue.code == "missing_parameter").unwrap();
                assert!(missing.message.contains(&format!("{{{{{key}}}}}")), "{missing:?}");
                assert!(missing.path.starts_with(&format!("template_params.{place}")), "{missing:?}");
                assert!(missing.path.contains(key.as_str()), "{missing:?}");
                left_out += 1;
            }
        }
    }
    assert!(left_out > 60, "{left_out}");
}

#[test]
fn every_header_and_button_that_is_left_out_or_of_another_kind_is_named() {
    for Sample { definition, params, cannot } in samples() {
        if cannot.is_some() {
            continue;
        }
        let header = params["header_params"]["type"].as_str().unwrap_or_default();
        if !matches!(header, "" | "text") {
            let mut without = params.clone();
            without.as_object_mut().unwrap().remove("header_params");
            assert_eq!(listed(&definition, &without), ["header_params missing_parameter"]);
            let mut other = params.clone();
            other["header_params"]["type"] = if header == "image" { "video" } else { "image" }.into();
            assert_eq!(listed(&definition, &other), ["header_params.type wrong_header"]);
        }
        for (position, button) in params["button_params"].as_array().into_iter().flatten().enumerate() {
            let mut without = params.clone();
            without["button_params"].as_array_mut().unwrap().remove(position);
            let expected: &[&str] =
                if button["sub_type"] == "url" { &["button_params missing_parameter"] } else { &[] };
            assert_eq!(listed(&definition, &without), expected, "{button}");
            let mut other = params.clone();
            let kind = if button["sub_type"] == "url" { "quick_reply" } else { "url" };
            other["button_params"][position]["sub_type"] = kind.into();
            let path = format!("button_params[{position}].sub_type wrong_button");
            assert_eq!(listed(&definition, &other), [path]);
        }
    }
}

const SHORT: &str = r##"{"name":"order_update","language":"en_US","header":"Order {{1}}","body":"Hi {{1}}, it has {{2}}.",
    "footer":"Acme","buttons":["https://shop.example/{{1}}","Stop",{"type":"PHONE_NUMBER","text":"Call"},
    {"text":"Help","url":"https://shop.example/help"}]}"##;
const FILLED: &str = r##"{"name":"order_update","language":"en_US","processed_params":{"1":"John","2":"shipped"},
    "header_params":{"type":"text","text_variables":{"1":"#4"}},
    "button_params":[{"index":0,"sub_type":"url","text":"4"},{"index":1,"sub_type":"quick_reply","payload":"STOP"}]}"##;

/// The filled template with one field replaced, or removed by `null`.
fn with(pointer: &str, replacement: &str) -> serde_json::Value {
    let mut params = json(FILLED);
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = params.pointer_mut(parent).unwrap();
    match json(replacement) {
        serde_json::Value::Null => drop(parent.as_object_mut().unwrap().remove(key)),
        replacement if parent.is_array() => parent[key.parse::<usize>().unwrap()] = replacement,
        replacement => parent[key] = replacement,
    }
    params
}

#[test]
fn each_difference_has_its_own_code_and_path() {
    assert_eq!(listed(&json(SHORT), &json(FILLED)), Vec::<String>::new());
    for (pointer, replacement, expected) in [
        ("/name", r#""order_updat""#, "name wrong_template"),
        ("/language", r#""en""#, "language wrong_language"),
        ("/processed_params", "null", r#"processed_params["1"] missing_parameter"#),
        ("/processed_params/3", r#""x""#, r#"processed_params["3"] extra_parameter"#),
        ("/processed_params", r#"{"1":"a","name":"b"}"#, "processed_params.name misnamed_parameter"),
        ("/header_params/text_variables/2", r#""x""#, r#"header_params.text_variables["2"] extra_parameter"#),
        ("/header_params/text_variables", r#"{}"#, r#"header_params.text_variables["1"] missing_parameter"#),
        ("/header_params/type", r#""video""#, "header_params.type wrong_header"),
        (
            "/footer_params",
            r#"{"text_variables":{"1":"x"}}"#,
            r#"footer_params.text_variables["1"] extra_parameter"#,
        ),
        ("/button_params/0/text", "null", "button_params[0].text missing_parameter"),
        ("/button_params/1/sub_type", r#""url""#, "button_params[1].sub_type wrong_button"),
        ("/button_params/1/index", "4", "button_params[1].index unknown_button"),
        ("/button_params/1/index", "2", "button_params[1].sub_type wrong_button"),
        (
            "/button_params/1",
            r#"{"index":3,"sub_type":"url","text":"x"}"#,
            "button_params[1].text extra_parameter",
        ),
        ("/button_params", "[]", "button_params missing_parameter"),
    ] {
        let listed = listed(&json(SHORT), &with(pointer, replacement));
        assert_eq!(listed.first().map(String::as_str), Some(expected), "{pointer} {replacement}");
    }
}

#[test]
fn a_value_in_the_wrong_place_is_told_where_it_belongs() {
    let mut params = json(FILLED);
    params["processed_params"]["3"] = "#4".into();
    params.as_object_mut().unwrap().remove("header_params");
    let issues = found(&json(SHORT), &params);
    assert_eq!(issues[0].code, "misplaced_parameter");
    assert!(issues[0].message.contains("its header waits for {{1}}"), "{}", issues[0].message);

    let named = json(r#"{"header":"Order {{order_id}}","body":"Hi {{first_name}}"}"#);
    let params = json(r#"{"processed_params":{"first_name":"Ada","order_id":"7"}}"#);
    assert_eq!(
        listed(&named, &params),
        [
            "processed_params.order_id misplaced_parameter",
            "header_params.text_variables.order_id missing_parameter"
        ]
    );
}

#[test]
fn a_misspelt_name_and_positions_for_names_are_told_the_right_ones() {
    let named = json(r#"{"body":"Hi {{first_name}}, your order {{order_id}}"}"#);
    for (given, meant) in [
        (r#"{"firstname":"a","order_id":"b"}"#, vec!["first_name"]),
        (r#"{"first_name":"a","order":"b"}"#, vec!["order_id"]),
        (r#"{"1":"a","2":"b"}"#, vec!["first_name", "order_id"]),
    ] {
        let issues = found(&named, &json(&format!(r#"{{"processed_params":{given}}}"#)));
        let said: Vec<&str> = issues.iter().map(|issue| issue.message.as_str()).collect();
        assert!(issues.iter().all(|issue| issue.code == "misnamed_parameter"), "{said:?}");
        assert_eq!(issues.len(), meant.len());
        for (issue, meant) in issues.iter().zip(meant) {
            assert!(issue.message.contains(&format!("is called {{{{{meant}}}}}")), "{said:?}");
        }
    }
}

#[test]
fn only_an_approved_template_is_sent() {
    for status in ["PENDING", "REJECTED", "PAUSED", "DISABLED", "IN_APPEAL", "LIMIT_EXCEEDED"] {
        let definition = json(&format!(r#"{{"body":"Hi","status":"{status}"}}"#));
        let issues = found(&definition, &json(r#"{"name":"x"}"#));
        assert_eq!((issues[0].code, issues[0].path.as_str()), ("not_approved", "template_params.name"));
        assert!(issues[0].message.contains(status));
    }
    assert_eq!(found(&json(r#"{"body":"Hi","status":"approved"}"#), &json("{}")), []);
}

#[test]
fn parameters_of_any_type_are_compared_and_none_is_taken_for_another() {
    for params in [
        "null",
        "[]",
        "7",
        r#"{"processed_params":[1],"header_params":"x","footer_params":7,"button_params":{}}"#,
        r#"{"button_params":[null,7,{"index":"0"},{"index":-1},{"index":9999999999}]}"#,
    ] {
        assert!(!found(&json(SHORT), &json(params)).is_empty(), "{params}");
    }
}

#[test]
fn many_parameters_beside_many_variables_take_their_time_once() {
    let body: String = (1..900).map(|position| format!("{{{{{position}}}}}")).collect();
    let given: serde_json::Value =
        (0..20_000).map(|key| (format!("k{key}"), "x".into())).collect::<serde_json::Map<_, _>>().into();
    let issues =
        found(&serde_json::json!({ "body": body }), &serde_json::json!({ "processed_params": given }));
    assert_eq!(issues.len(), 1000);
}
