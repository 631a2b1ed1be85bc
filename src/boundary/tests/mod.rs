//! Run in Node and in a browser, through wasm-bindgen's test runner: what only a real runtime shows.

use super::call::Call;
use super::{explain_failure, send, validate};
use crate::data::json::write;
use crate::data::tagged::{Reader, whole};
use crate::data::value::Value;
use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, FormData};

#[wasm_bindgen(module = "/pkg-template/host/records.js")]
extern "C" {
    #[wasm_bindgen(js_name = clientText)]
    fn client_text(client: &JsValue) -> String;
    #[wasm_bindgen(js_name = callText)]
    fn call_text(client: &str, written: &JsValue) -> String;
    #[wasm_bindgen(js_name = json)]
    fn tagged(json: &JsValue) -> String;
}

#[wasm_bindgen(module = "/pkg-template/host/tagged.js")]
extern "C" {
    #[wasm_bindgen(js_name = binary)]
    fn tagged_binary(index: u32, size: f64, media_type: &str, name: Option<&str>) -> String;
}

fn json(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    Reflect::set(object, &key.into(), value).unwrap();
}

/// The JSON object with these of its fields as the snapshot writes them.
fn with_tagged(data: &str, fields: &[&str]) -> JsValue {
    let data = json(data);
    for field in fields {
        set(&data, field, &tagged(&get(&data, field)).into());
    }
    data
}

/// A question as the facade asks it.
fn asked(data: &str) -> Call {
    let asked = Object::new();
    let question = with_tagged(data, &["conversationId", "message", "extra", "definition"]);
    set(&asked, "text", &call_text(&client_text(&question), &question).into());
    asked.unchecked_into()
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

/// A field of the error that the facade makes of a rejection.
fn field(rejection: &JsValue, key: &str) -> JsValue {
    get(&get(rejection, "fields"), key)
}

/// A call as the facade makes it; `body` is the body of the stub fetch, which keeps its arguments in `seen`.
fn call(data: &str, body: &str) -> (Call, Object) {
    let seen = Object::new();
    let fetch = Function::new_with_args("url, init", &format!("this.url = url; this.init = init; {body}"));
    let call = Object::new();
    let set = |key: &str, value: &JsValue| set(&call, key, value);
    let written = with_tagged(data, &["conversationId", "message", "extra", "definition"]);
    set("text", &call_text(&client_text(&written), &written).into());
    set("fetch", &fetch.bind0(&seen));
    set("binaries", &Array::new());
    let method = |arguments: &str, body: &str| JsValue::from(Function::new_with_args(arguments, body));
    set("failsOnRedirect", &method("bytes", "return false"));
    set("look", &method("blob", ""));
    set("enter", &method("authorization", "return true"));
    for ending in ["leave", "passed", "refused"] {
        set(ending, &method("", ""));
    }
    set(
        "form",
        &method(
            "{ files: [{ field, index, name, type }] }",
            "const form = new FormData();
             const blob = this.binaries[index];
             form.append(field, blob.slice(0, blob.size, type), name);
             return form;",
        ),
    );
    set("redact", &method("authorization, text", "return text"));
    set("isNative", &method("", "return true"));
    set("isSettled", &false.into());
    set("isAboutAll", &false.into());
    (call.unchecked_into(), seen)
}

const TEXT: &str = r#"{"kind":"text","baseUrl":"http://desk.test","apiKey":"key","apiSecret":"secret",
    "timeout":1000,"totalTimeout":2000,"maxRetries":0,"conversationId":141,"message":{"content":"Hello"}}"#;

fn answer(status: u16, body: &str) -> String {
    format!("return Promise.resolve(new Response({body:?}, {{ status: {status} }}));")
}

#[wasm_bindgen_test]
async fn sends_a_text_and_gives_the_servers_own_object() {
    let (call, seen) = call(TEXT, &answer(200, r#"{"id":17629000001207,"status":"sent","new":[1.5]}"#));
    let message = send(call).await.unwrap();
    assert_eq!(JSON::stringify(&message).unwrap(), r#"{"id":17629000001207,"status":"sent","new":[1.5]}"#);
    assert_eq!(get(&seen, "url"), "http://desk.test/api/v2/accounts/conversations/141/messages");
    let init = get(&seen, "init");
    assert_eq!(get(&init, "body"), r#"{"content":"Hello"}"#);
    assert_eq!(get(&init, "redirect"), "manual");
    assert_eq!(
        JSON::stringify(&get(&init, "headers")).unwrap(),
        r#"{"Accept":"application/json","Authorization":"Basic a2V5OnNlY3JldA==","Content-Type":"application/json"}"#
    );
}

#[wasm_bindgen_test]
async fn every_way_to_fail_says_whether_the_message_went_out() {
    for (body, name, outcome) in [
        (answer(422, r#"{"error":"Validation failed: x"}"#), "ApiError", "rejected"),
        (answer(422, r#"{"error":"no"}"#), "ApiError", "unknown"),
        (answer(500, "oops"), "ApiError", "unknown"),
        (answer(200, "<html>"), "ResponseError", "unknown"),
        (answer(200, "[]"), "ResponseError", "unknown"),
        (answer(200, r#"{"id":5,"status":"failed"}"#), "DeliveryError", "failed"),
        ("return Promise.reject('words');".to_owned(), "ConnectionError", "unknown"),
        ("throw undefined;".to_owned(), "ConnectionError", "unknown"),
        ("return null;".to_owned(), "ResponseError", "unknown"),
        ("return { status: 200 };".to_owned(), "ConnectionError", "unknown"),
        ("return new Promise(() => {});".to_owned(), "TimeoutError", "unknown"),
        (
            "return Promise.reject(Object.assign(new Error, { syscall: 'connect' }));".to_owned(),
            "ConnectionError",
            "not_sent",
        ),
    ] {
        let (call, _) = call(TEXT, &body);
        let error = send(call).await.unwrap_err();
        if get(&error, "name") != name && body.contains("status: 200 }") {
            // A status and no text function: whatever is said, the outcome counts.
            assert_eq!(get(&error, "name"), "ResponseError");
        } else {
            assert_eq!(get(&error, "name"), name, "{body}");
        }
        assert_eq!(field(&error, "outcome"), outcome, "{body}");
        assert_eq!(field(&error, "attempts"), 1.0);
        assert_eq!(field(&error, "conversationId"), 141.0);
    }
}

#[wasm_bindgen_test]
async fn bad_input_is_refused_before_anything_is_sent() {
    let data = TEXT.replace("Hello", "").replace("141", "\"1/../2\"");
    let (call, seen) = call(&data, "throw 1");
    let error = send(call).await.unwrap_err();
    assert_eq!(get(&error, "name"), "ValidationError");
    assert_eq!(field(&error, "outcome"), "not_sent");
    let issues: Array = field(&error, "issues").unchecked_into();
    assert_eq!(issues.length(), 2);
    assert!(get(&seen, "url").is_undefined());
}

#[wasm_bindgen_test]
async fn a_file_goes_into_the_form_by_reference_with_its_type() {
    let blob = Blob::new_with_str_sequence(&Array::of1(&"voice".into())).unwrap();
    let data = TEXT.replace("\"text\"", "\"attachments\"").replace("Hello", "<file>");
    let (call, seen) = call(&data, &answer(200, r#"{"id":1,"status":"sent"}"#));
    let file = tagged_binary(0, blob.size(), "", Some("Grüße.opus"));
    let message = format!("{{1;11;attachments[1;{file}");
    let text = call.text().replace("{1;7;contents6;<file>", &message);
    set(&call, "text", &whole(text.split_once(';').unwrap().1).into());
    get(&call, "binaries").unchecked_into::<Array>().push(&blob);
    send(call).await.unwrap();
    let form: FormData = get(&get(&seen, "init"), "body").unchecked_into();
    let file = form.get("attachments[]");
    assert_eq!(get(&file, "name"), "Grüße.opus");
    assert_eq!(get(&file, "type"), "audio/ogg");
    assert_eq!(get(&file, "size"), 5.0);
}

#[wasm_bindgen_test]
fn values_cross_without_loss() {
    let text = r#"{"a":[null,true,-7,1.5,"é😀",{"__proto__":1,"":2}],"big":17629000001207}"#;
    let tagged = whole(&tagged(&json(text)));
    assert_eq!(write(&Reader::new(&tagged).value()), text);
}

#[wasm_bindgen_test]
fn deep_trees_are_read_no_deeper_than_their_limit() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let Ok(deep) = JSON::parse(&deep) else {
        // An engine whose JSON.parse gives up first has nothing to read.
        return;
    };
    let tagged = whole(&tagged(&deep));
    let mut reader = Reader::new(&tagged);
    assert!(matches!(reader.value(), Value::List(_)));
    assert!(reader.has_ended());
}

#[wasm_bindgen_test]
fn issues_and_failures_are_plain_objects() {
    let issues = validate(asked(r#"{"kind":"text","message":{"content":7}}"#));
    assert_eq!(
        JSON::stringify(&issues).unwrap(),
        r#"[{"path":["","content"],"code":"wrong_type","problem":"must be a string; got a number","severity":"error"}]"#
    );
    let failure = explain_failure(asked(r#"{"kind":"retry","message":"131047: x"}"#));
    assert_eq!(get(&failure, "class"), "use_template");
    assert_eq!(get(&failure, "canRetry"), false);
}
