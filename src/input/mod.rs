//! What any caller can get wrong: fields of objects, ids, and the issues that say so.

pub mod fields;
pub mod id;
pub mod issue;
pub mod place;
pub mod warning;
