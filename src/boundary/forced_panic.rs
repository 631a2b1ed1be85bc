//! A panic at will, for the tests of the net below panics (pending.js). Part of builds with the feature
//! `forced-panic` alone, none of which is published.

use crate::request::settings::Settings;

/// Panics if the message's content is `panic` and this place.
#[allow(clippy::panic)]
pub fn at(place: &str, settings: &Settings) {
    let content = settings.get("message").get("content").and_then(crate::data::value::Value::as_text);
    if content.and_then(|content| content.strip_prefix("panic ")) == Some(place) {
        panic!();
    }
}
