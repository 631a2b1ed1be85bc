//! Client for LiveDesk's Send Message API: text, attachments, WhatsApp templates, retries.
//!
//! What "upstream" means is said in CONTRIBUTING.md.
//!
//! Everything but `boundary` is pure Rust, compiles natively and is tested there. `boundary` exists only in the wasm
//! build; it alone knows JavaScript, and holds no rule of its own. Each room knows those above it in this list and none
//! below, which a test holds (`tests/house/rooms.test.mjs`):

pub mod data;

pub mod input;

pub mod message;

pub mod failure;

pub mod policy;

pub mod answer;

pub mod request;

pub mod report;

#[cfg(target_arch = "wasm32")]
pub mod boundary;
