//! The body of a request, built anew for every attempt.

use super::call::Call;
use super::convert;
use super::stop::Stop;
use crate::data::told::{self, ObjectBuilder, Told};
use crate::message::file_name;
use crate::request::body::{Body, FILE_FIELD, Form};
use crate::request::ready::Request;
use wasm_bindgen::JsValue;

/// As fetch takes it. What is refused here was refused by the runtime itself.
pub fn body(call: &Call, request: &Request, stop: &Stop) -> Result<JsValue, JsValue> {
    Ok(match &request.body {
        Body::Empty => JsValue::UNDEFINED,
        Body::Json(json) => JsValue::from_str(json),
        Body::Form(form) => call.form(&convert::to_js(&told(form)), stop)?.into(),
    })
}

fn told(form: &Form) -> Told {
    let mut fields = Vec::new();
    for (name, text) in &form.fields {
        let mut field = ObjectBuilder::default();
        field.text(told::NAME, name);
        field.text(told::TEXT, text);
        fields.push(field.build());
    }
    let mut files = Vec::new();
    for file in &form.files {
        let mut part = ObjectBuilder::default();
        part.text(told::FIELD, FILE_FIELD);
        part.number(told::INDEX, Some(f64::from(file.index)));
        part.text(told::NAME, &file_name::escape(&file.name));
        part.text(told::TYPE, &file.media_type);
        files.push(part.build());
    }
    let mut all = ObjectBuilder::default();
    all.parts(told::FIELDS, fields);
    all.parts(told::FILES, files);
    all.build()
}
