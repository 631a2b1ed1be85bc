//! Numbers from text, and as JavaScript writes them.

/// The number of a string of ASCII digits, if it is below 2^63.
pub fn parse_digits(text: &str) -> Option<i64> {
    let mut number: i64 = 0;
    for byte in text.bytes() {
        let digit = char::from(byte).to_digit(10)?;
        number = number.checked_mul(10)?.checked_add(i64::from(digit))?;
    }
    (!text.is_empty()).then_some(number)
}

/// A finite number in decimal, the shortest text that reads back as the same number; -0 is 0.
///
/// In the wasm build JavaScript prints it.
#[cfg(target_arch = "wasm32")]
pub fn float_text(number: f64) -> String {
    let printed = js_sys::Number::from(number + 0.0).to_string_with_radix(10);
    printed.map(String::from).unwrap_or_default()
}

/// A finite number in decimal, the shortest text that reads back as the same number; -0 is 0.
#[cfg(not(target_arch = "wasm32"))]
pub fn float_text(number: f64) -> String {
    format!("{}", number + 0.0)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests/number.rs"]
mod tests;
