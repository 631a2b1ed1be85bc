// What JavaScript has to know before the engine is loaded, or when it broke down, and Rust says: engine/from-rust.js.

import { read, Stop } from "./steps.mjs";

const SOURCES = {
  CHANNELS: ["src/message/limits.rs", /const NAMES\b[^=]*= \[([^;]*)\];/],
  MAY_BE_STORED: ["src/request/operations/new_message.rs", /pub const MAY_BE_STORED: &str =\s*([^;]*);/],
};

/** The module's text. */
export function fromRust() {
  const [channels, mayBeStored] = Object.values(SOURCES).map(([path, place]) => texts(path, place));
  return `// Made from Rust's sources by scripts/from-rust.mjs.
/** The channels whose limits the engine knows. */
export const CHANNELS = ${JSON.stringify(channels)};
export const MAY_BE_STORED = ${JSON.stringify(mayBeStored[0])};
`;
}

/** The string literals in what the pattern finds. */
function texts(path, place) {
  const found = Array.from(
    read(path)
      .match(place)?.[1]
      .matchAll(/"([^"\\]*)"/g) ?? [],
    ([, text]) => text,
  );
  if (found.length === 0) throw new Stop(`${path} has no longer what engine/from-rust.js is made of.`);
  return found;
}
