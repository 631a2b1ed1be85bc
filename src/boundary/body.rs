//! A request as fetch takes it, built anew for every attempt.

use super::call::Call;
use super::convert;
use super::stop::Stop;
use crate::data::value::ObjectBuilder;
use crate::message::file_name;
use crate::request::body::{Body, FILE_FIELD, Form};
use crate::request::ready::Request;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{FormData, RequestInit};

/// The second argument of fetch, but for its signal. What is refused here was refused by the runtime itself.
pub fn request_init(
    call: &Call,
    request: &Request,
    authorization: Option<&str>,
    stop: &Stop,
) -> Result<RequestInit, JsValue> {
    // A plain object: building Headers would cost up to an eighth of a call.
    let mut headers = ObjectBuilder::default();
    headers.text("Accept", "application/json");
    if let Some(authorization) = authorization {
        headers.text("Authorization", authorization);
    }
    let body = match &request.body {
        Body::Empty => JsValue::UNDEFINED,
        Body::Json(json) => {
            headers.text("Content-Type", "application/json");
            JsValue::from_str(json)
        }
        // No Content-Type here: the runtime's own has the boundary.
        Body::Form(form) => form_data(call, form, stop)?.into(),
    };
    let follows_nothing =
        if call.fails_on_redirect(request.file_bytes() as f64) { "error" } else { "manual" };
    let mut init = ObjectBuilder::default();
    // All that is taken of gloo-net: its requests panic on what callers may give (a reason of an abort that is no
    // Error), and building one costs more than all of this.
    init.text("method", gloo_net::http::Method::POST.as_str());
    init.text("redirect", follows_nothing);
    init.add("headers", headers.build());
    let init: RequestInit = convert::to_js(&init.build()).unchecked_into();
    init.set_body(&body);
    Ok(init)
}

fn form_data(call: &Call, form: &Form, stop: &Stop) -> Result<FormData, JsValue> {
    let data = FormData::new()?;
    for (key, value) in &form.fields {
        data.append_with_str(key, value)?;
    }
    let binaries = call.binaries();
    for file in &form.files {
        let blob = binaries.get(file.index);
        let name = file_name::escape(&file.name);
        call.add_file(&data, FILE_FIELD, &blob, &file.media_type, &name, stop)?;
    }
    Ok(data)
}
