//! Both sides of the joint, field by field and kind by kind: what JavaScript writes is what is read here, what is told
//! here is what JavaScript gets, and `types/engine.d.ts` says the same of both.

use super::convert;
use crate::answer::facts::{Facts, Link};
use crate::data::tagged::{Reader, whole};
use crate::data::told::{KEYS, sample};
use crate::data::value::Value;
use crate::request::settings::{Client, Written};
use js_sys::{Array, Function, JSON, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(module = "/pkg-template/host/records.js")]
extern "C" {
    #[wasm_bindgen(js_name = clientText)]
    fn client_text(client: &JsValue) -> String;
    #[wasm_bindgen(js_name = callText)]
    fn call_text(client: &str, written: &JsValue) -> String;
    #[wasm_bindgen(js_name = factsText)]
    fn facts_text(seen: &JsValue) -> String;
    fn json(value: &JsValue) -> String;
}

#[wasm_bindgen(module = "/pkg-template/host/tagged.js")]
extern "C" {
    fn plain(value: &JsValue) -> String;
    fn bigint(value: &JsValue) -> String;
    fn foreign(what: &str) -> String;
    fn binary(index: u32, size: f64, media_type: &str, name: Option<&str>) -> String;
}

/// The package's own description of what crosses.
const TYPES: &str = include_str!("../../pkg-template/types/engine.d.ts");

/// A record's fields as [`Reader`] lists them: name in JavaScript, kind, and what was read.
type Listed = Vec<(&'static str, &'static str, String)>;

/// The names and types of one interface.
fn declared(interface: &str) -> Vec<(&'static str, &'static str)> {
    let (_, rest) = TYPES.split_once(&format!("export interface {interface} {{\n")).unwrap();
    let (body, _) = rest.split_once("\n}").unwrap();
    body.lines()
        .map(|line| {
            let (name, kind) = line.trim().trim_end_matches(';').split_once(": ").unwrap();
            (name.trim_end_matches('?'), kind.trim_end_matches(" | undefined"))
        })
        .collect()
}

/// What a field of a kind is given, how TypeScript calls that, and how it reads here.
fn example(kind: &str, place: usize) -> (JsValue, &'static str, String) {
    let text = format!("é{place}😀");
    match kind {
        "flag" => (JsValue::TRUE, "boolean", "true".to_owned()),
        "count" | "index" | "status" => {
            let number = u32::try_from(place).unwrap();
            (number.into(), "number", format!("Some({number})"))
        }
        "number" => (JsValue::from(place as f64 + 0.5), "number", format!("Some({place}.5)")),
        "text" => ((&text).into(), "string", format!("Some({text:?})")),
        "word" => ((&text).into(), "string", format!("{text:?}")),
        "value" => (Array::of1(&(&text).into()).into(), "unknown", format!("List([Text({text:?})])")),
        "links" => (Array::new().into(), "Link[]", "[]".to_owned()),
        other => panic!("a kind nobody has an example of: {other}"),
    }
}

/// Gives each field a value of its own, has JavaScript write all of them, and compares what is read.
fn check(interface: &str, fields: &Listed, write: impl Fn(&JsValue) -> Listed) {
    let declared = declared(interface);
    let names: Vec<&str> = fields.iter().map(|(name, ..)| *name).collect();
    assert_eq!(declared.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names, "{interface}");
    let object = Object::new();
    let mut expected = Vec::new();
    for (place, ((name, kind, _), (_, declared))) in fields.iter().zip(declared).enumerate() {
        let (value, typed, read) = example(kind, place);
        // What is narrower than a kind is all the same of it: a union of words, a list of statuses, a header or null.
        let fits = declared == typed
            || (typed == "string" && (declared.starts_with('"') || declared == "string | null"))
            || (typed == "unknown" && ["Tagged", "number[]"].contains(&declared));
        assert!(fits, "{interface}.{name}: {declared} is no {typed}");
        let value = if declared == "Tagged" { json(&value).into() } else { value };
        Reflect::set(&object, &(*name).into(), &value).unwrap();
        expected.push((*name, *kind, read));
    }
    assert_eq!(write(&object), expected, "{interface}");
    // Nothing is written but what is read.
    let strange =
        Function::new_with_args("of", "return new Proxy({}, { get: (_, name) => { of.push(name) } })");
    let asked = Array::new();
    let proxy = strange.call1(&JsValue::NULL, &asked).unwrap();
    write(&proxy);
    let mut asked: Vec<String> = asked.iter().filter_map(|name| name.as_string()).collect();
    asked.retain(|name| name != "undefined");
    assert_eq!(asked, names, "{interface}");
}

fn client(object: &JsValue) -> Listed {
    let text = whole(&client_text(object));
    let mut reader = Reader::new(&text);
    let client = Client::read(&mut reader);
    assert!(reader.has_ended());
    client.listed()
}

/// What is tagged already is `undefined` in an empty object, which would be written as that word.
fn written(object: &JsValue) -> Listed {
    let text = call_text("", object).replace("undefined", "u");
    let text = whole(text.split_once(';').unwrap().1);
    let mut reader = Reader::new(&text);
    let written = Written::read(&mut reader);
    assert!(reader.has_ended());
    written.listed()
}

fn facts(object: &JsValue) -> Listed {
    let seen = Object::new();
    Reflect::set(&seen, &"facts".into(), object).unwrap();
    Facts::of(&facts_text(&seen)).listed()
}

/// As the only one of the thrown errors.
fn link(object: &JsValue) -> Listed {
    let facts = Object::new();
    Reflect::set(&facts, &"links".into(), &Array::of1(object)).unwrap();
    let seen = Object::new();
    Reflect::set(&seen, &"facts".into(), &facts).unwrap();
    let text = facts_text(&seen);
    let read = Facts::of(&text);
    read.links.first().unwrap().listed()
}

#[wasm_bindgen_test]
fn every_field_that_comes_from_javascript_is_read_under_its_name_and_kind() {
    let mut empty = Reader::new("0;");
    check("Client", &Client::read(&mut empty).listed(), client);
    check("Written", &Written::read(&mut empty).listed(), written);
    check("Facts", &Facts::of("").listed(), facts);
    check("Link", &Link::read(&mut empty).listed(), link);
}

#[wasm_bindgen_test]
fn every_kind_of_value_comes_from_javascript_as_it_is() {
    let big = js_sys::eval("9223372036854775807n").unwrap();
    let small = js_sys::eval("-9007199254740991n").unwrap();
    for (text, value) in [
        (plain(&JsValue::UNDEFINED), Value::Undefined),
        (plain(&JsValue::NULL), Value::Null),
        (plain(&true.into()), Value::Bool(true)),
        (plain(&false.into()), Value::Bool(false)),
        (plain(&0.into()), Value::Int(0)),
        (plain(&JsValue::from(-0.0)), Value::Int(0)),
        (plain(&JsValue::from(-9_007_199_254_740_991.0)), Value::Int(-9_007_199_254_740_991)),
        (bigint(&big), Value::Int(i64::MAX)),
        (bigint(&small), Value::Int(-9_007_199_254_740_991)),
        (plain(&1.5.into()), Value::Float(1.5)),
        (plain(&JsValue::from(5e-324)), Value::Float(5e-324)),
        (plain(&JsValue::from(-1e300)), Value::Float(-1e300)),
        (plain(&f64::NEG_INFINITY.into()), Value::Float(f64::NEG_INFINITY)),
        (plain(&"".into()), Value::Text("")),
        (plain(&"\0;u{é😀".into()), Value::Text("\0;u{é😀")),
        (foreign("a function"), Value::Foreign("a function")),
        (json(&Array::new()), Value::List(vec![])),
        (json(&Object::new()), Value::Object(vec![])),
    ] {
        let text = whole(&text);
        let mut reader = Reader::new(&text);
        assert_eq!(reader.value(), value);
        assert!(reader.has_ended(), "{text}");
    }
    let text = whole(&binary(3, 4_294_967_296.0, "image/png", Some("é.png")));
    let Value::Binary(file) = Reader::new(&text).value() else { panic!("{text}") };
    assert_eq!((file.index, file.size), (3, 4_294_967_296));
    assert_eq!((file.media_type, file.name), ("image/png", Some("é.png")));
}

#[wasm_bindgen_test]
fn every_field_that_is_told_arrives_under_its_name_and_kind() {
    let mut declared: Vec<&str> = declared("Told").iter().map(|(name, _)| *name).collect();
    let mut names: Vec<&str> = KEYS.iter().map(|(name, _)| *name).collect();
    declared.sort_unstable();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names, declared);
    let told = JSON::stringify(&convert::to_js(&sample())).unwrap();
    assert_eq!(
        String::from(told),
        r#"{"message":"é😀","raw":null,"status":1.5,"messageId":7,"conversationId":"9007199254740992","canRetry":true,"path":["a",0],"known":["a","b"],"params":{"limit":7},"issues":[],"files":[{"name":"a"}],"failure":null}"#
    );
}
