//! Numbers as text.

/// A finite number in decimal, the shortest text that reads back as the same number; -0 is 0.
///
/// In the wasm build JavaScript prints it: std's code for this would be a tenth of the whole engine.
#[cfg(target_arch = "wasm32")]
pub fn text(number: f64) -> String {
    let printed = js_sys::Number::from(number + 0.0).to_string_with_radix(10);
    printed.map(String::from).unwrap_or_default()
}

/// A finite number in decimal, the shortest text that reads back as the same number; -0 is 0.
#[cfg(not(target_arch = "wasm32"))]
pub fn text(number: f64) -> String {
    format!("{}", number + 0.0)
}
