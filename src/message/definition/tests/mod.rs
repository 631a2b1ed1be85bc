//! Definitions, and messages beside them.

mod differences;
mod forms;
mod shown;

use crate::data::value::Value;
use crate::input::issue::{Issue, Issues};
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

fn value(json: &serde_json::Value) -> Value {
    serde_json::from_str(&json.to_string()).unwrap()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// Every issue of parameters beside a definition.
fn found(definition: &serde_json::Value, params: &serde_json::Value) -> Vec<Issue> {
    let (definition, params) = (value(definition), value(params));
    let mut issues = Issues::new();
    check(&definition, "definition", &params, &mut issues);
    issues.into_vec()
}

/// `path code` of each, without `template_params.`.
fn listed(definition: &serde_json::Value, params: &serde_json::Value) -> Vec<String> {
    let issues = found(definition, params);
    let short = |issue: &Issue| {
        let path = issue.path.strip_prefix("template_params.").unwrap_or(&issue.path);
        format!("{path} {}", issue.code)
    };
    issues.iter().map(short).collect()
}
