// What JavaScript has to know before the engine is loaded (engine/from-rust.js), or when it broke down, and Rust says.

import { read, Stop } from "./steps.mjs";

const SOURCES = {
  CHANNELS: ["src/message/limits.rs", /const NAMES\b[^=]*= \[([^;]*)\];/],
  MAY_BE_STORED: ["src/request/operations/new_message.rs", /pub const MAY_BE_STORED: &str =\s*([^;]*);/],
};

/** `[name, text]` of two modules, since the second is no part of a page's first load. */
export function fromRust() {
  const [channels, mayBeStored] = Object.values(SOURCES).map(([path, place]) => texts(path, place));
  const made = "// Made from Rust's sources by scripts/build/from-rust.mjs.\n";
  const known = "/** The channels whose limits the engine knows. */\nexport const CHANNELS =";
  return [
    ["engine/from-rust.js", `${made}${known} ${JSON.stringify(channels)};\n`],
    ["engine/may-be-stored.js", `${made}export const MAY_BE_STORED = ${JSON.stringify(mayBeStored[0])};\n`],
  ];
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
