//! From a report to what the facade makes the error of that a caller catches.

use super::convert;
use super::host;
use crate::input::issue::Issue;
use crate::report::Report;
use wasm_bindgen::JsValue;

/// Bad input.
pub fn invalid(issues: Vec<Issue>) -> JsValue {
    create(&Report::invalid(&issues), &JsValue::UNDEFINED, None)
}

/// The error; `source` has what only JavaScript can hold, or is undefined.
pub fn create(report: &Report, source: &JsValue, authorization: Option<&str>) -> JsValue {
    host::reject(report.class, &convert::to_js(&report.fields), source, authorization)
}
