//! From a report to the error a caller catches.

use super::call::Call;
use super::convert;
use super::host;
use crate::issue::Issue;
use crate::report::Report;
use wasm_bindgen::JsValue;

/// Bad input.
pub fn invalid(issues: Vec<Issue>) -> JsValue {
    let Report { class, fields } = Report::invalid(&issues);
    let none = &JsValue::UNDEFINED;
    host::create_error(class, &convert::to_js(&fields), none, none, None)
}

/// The error; `source` has what only JavaScript can hold, or is undefined.
pub fn create(report: &Report, source: &JsValue, call: &Call, authorization: Option<&str>) -> JsValue {
    host::create_error(report.class, &convert::to_js(&report.fields), source, call, authorization)
}
