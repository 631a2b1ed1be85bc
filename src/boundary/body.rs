//! A request's body, built anew for every attempt.

use super::call::Call;
use super::host;
use crate::models::request::{Body, FILE_FIELD, Form, Request};
use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, Blob, FormData, RequestInit, RequestRedirect};

/// The second argument of fetch. A value that is refused here was refused by the runtime itself.
pub fn request_init(
    call: &Call,
    request: &Request,
    authorization: Option<&str>,
    signal: &AbortSignal,
) -> Result<RequestInit, JsValue> {
    let init = RequestInit::new();
    init.set_method(gloo_net::http::Method::POST.as_str());
    init.set_signal(Some(signal));
    // A plain object: building Headers would cost up to an eighth of a call.
    let headers = Object::new();
    set(&headers, "Accept", "application/json");
    if let Some(authorization) = authorization {
        set(&headers, "Authorization", authorization);
    }
    match &request.body {
        Body::Empty => {}
        Body::Json(json) => {
            set(&headers, "Content-Type", "application/json");
            init.set_body(&JsValue::from_str(json));
        }
        // No Content-Type here: the runtime's own has the boundary.
        Body::Form(form) => init.set_body(&form_data(call, form)?.into()),
    }
    init.set_headers(&headers);
    init.set_redirect(match host::redirect_mode(request.file_bytes() as f64).as_str() {
        "error" => RequestRedirect::Error,
        _ => RequestRedirect::Manual,
    });
    Ok(init)
}

fn set(object: &Object, key: &str, value: &str) {
    // Setting a property of a plain object of our own cannot fail.
    let _ = js_sys::Reflect::set(object, &key.into(), &value.into());
}

fn form_data(call: &Call, form: &Form) -> Result<FormData, JsValue> {
    let data = FormData::new()?;
    for (key, value) in &form.fields {
        data.append_with_str(key, value)?;
    }
    let binaries = call.binaries();
    for file in &form.files {
        let blob: Blob = binaries.get(file.index).unchecked_into();
        let part = host::file_part(&blob, &file.media_type)?;
        data.append_with_blob_and_filename(FILE_FIELD, &part, &file.name)?;
    }
    Ok(data)
}
