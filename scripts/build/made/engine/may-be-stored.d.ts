// What `scripts/build/from-rust.mjs` makes of Rust's sources.

export const MAY_BE_STORED: string;
