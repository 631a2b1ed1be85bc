//! Definitions, and messages beside them.

mod differences;
mod forms;
mod shown;

use crate::data::told::Told;
use crate::data::value::Value;
use crate::input::issue::{Issue, Issues};
use crate::input::place::{Place, Step};
use crate::message::definition::check;

/// Sixty definitions as Meta returns them, each with parameters that fill it, or with what LiveDesk cannot fill.
const SAMPLES: &str = include_str!("../samples.jsonl");

struct Sample {
    definition: serde_json::Value,
    params: serde_json::Value,
    cannot: Option<String>,
}

fn samples() -> Vec<Sample> {
    let read = |line: &str| {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        let cannot = line.get("cannot").and_then(|kind| kind.as_str()).map(str::to_owned);
        Sample { definition: line["definition"].take(), params: line["params"].take(), cannot }
    };
    SAMPLES.lines().map(read).collect()
}

fn value(json: &serde_json::Value) -> Value<'static> {
    serde_json::from_str(&json.to_string()).unwrap()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// An issue as `input/issues.js` tells it.
#[derive(Debug, PartialEq)]
struct Found {
    path: String,
    code: &'static str,
    message: String,
}

fn told(issue: Issue) -> Found {
    let mut path = String::new();
    for (position, step) in issue.path.iter().enumerate() {
        let is_digits = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
        path += &match step {
            Step::Field(name) if position == 0 => name.clone(),
            Step::Field(name) if is_digits(name) => format!("[{name:?}]"),
            Step::Field(name) => format!(".{name}"),
            Step::Item(position) => format!("[{position}]"),
        };
    }
    let mut message = format!("{path} {}", issue.problem);
    for (name, fact) in &issue.facts {
        let shown = match fact {
            Told::Number(number) => number.to_string(),
            Told::Text(word) => word.clone(),
            other => panic!("{other:?}"),
        };
        message = message.replace(&format!("{{{name}}}"), &shown);
    }
    Found { path, code: issue.code, message }
}

/// Every issue of parameters beside a definition.
fn found(definition: &serde_json::Value, params: &serde_json::Value) -> Vec<Found> {
    let mut issues = Issues::new();
    check(&value(definition), &Place::Root("definition"), &value(params), &mut issues);
    issues.into_vec().into_iter().map(told).collect()
}

/// `path code` of each, without `template_params.`.
fn listed(definition: &serde_json::Value, params: &serde_json::Value) -> Vec<String> {
    let short = |issue: Found| {
        format!("{} {}", issue.path.strip_prefix("template_params.").unwrap_or(&issue.path), issue.code)
    };
    found(definition, params).into_iter().map(short).collect()
}
