//! One call, from what a caller wrote to what is sent.

pub mod body;
pub mod credentials;
pub mod operation;
pub mod operations;
pub mod prepare;
pub mod ready;
pub mod settings;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
