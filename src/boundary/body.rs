//! A request as fetch takes it, built anew for every attempt.

use super::call::Call;
use super::{convert, host};
use crate::models::file_name;
use crate::models::request::{Body, FILE_FIELD, Form, Request};
use crate::value::ObjectBuilder;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, FormData, RequestInit};

/// The second argument of fetch. What is refused here was refused by the runtime itself.
pub fn request_init(
    call: &Call,
    request: &Request,
    authorization: Option<&str>,
    signal: &AbortSignal,
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
        Body::Form(form) => form_data(call, form)?.into(),
    };
    let follows_nothing =
        if host::fails_on_redirect(request.file_bytes() as f64) { "error" } else { "manual" };
    let mut init = ObjectBuilder::default();
    init.text("method", gloo_net::http::Method::POST.as_str());
    init.text("redirect", follows_nothing);
    init.add("headers", headers.build());
    let init: RequestInit = convert::to_js(&init.build()).unchecked_into();
    init.set_body(&body);
    init.set_signal(Some(signal));
    Ok(init)
}

fn form_data(call: &Call, form: &Form) -> Result<FormData, JsValue> {
    let data = FormData::new()?;
    for (key, value) in &form.fields {
        data.append_with_str(key, value)?;
    }
    let binaries = call.binaries();
    for file in &form.files {
        let name = file_name::escape(&file.name);
        host::add_file(&data, FILE_FIELD, &binaries.get(file.index), &file.media_type, &name)?;
    }
    Ok(data)
}
