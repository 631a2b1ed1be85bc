// What `scripts/build/from-rust.mjs` makes of Rust's sources.

export const CHANNELS: string[];
