//! Plain data and how it is written: values, how they come from JavaScript, JSON, numbers, text.

pub mod json;
pub mod number;
pub mod tagged;
pub mod text;
pub mod told;
pub mod value;
