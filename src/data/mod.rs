//! Plain data and how it is written: values, JSON, numbers, text.

pub mod json;
pub mod number;
pub mod text;
pub mod value;
