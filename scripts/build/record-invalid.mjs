// Writes src/answer/record_invalid.rs: how Rails' sentence about an invalid record begins, in every language and wording of
// rails-i18n. `node scripts/build/record-invalid.mjs <a git clone of rails-i18n>`

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./steps.mjs";

const HEADER = `//! How Rails' sentence about an invalid record begins, in the languages of rails-i18n.
//!
//! Made by scripts/build/record-invalid.mjs of \`record_invalid\` in that project's locales, in each of its versions (MIT
//! licence): the text before \`%{errors}\`, without the space at its end. Not here: sl,
//! which has none; ug and uz, which begin with the errors; bn, dsb, gl, hsb and rm, which have no sentence of their own
//! and are answered in English.

/// One a line, none empty.
pub(crate) const BEGINNINGS: &str = "\\
`;
const SENTENCE = /^\s+record_invalid:\s+(?:!\s+)?(['"]?)(.*)\1$/gm;
const clone = process.argv[2];

function git(...args) {
  const { status, stdout } = spawnSync("git", ["-C", clone, ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`git ${args[0]} failed: give a clone of rails-i18n`);
  return stdout;
}

const beginnings = new Set();
for (const version of ["HEAD", ...git("tag").trim().split("\n")]) {
  const lines = git("grep", "-h", "record_invalid:", version, "--", "rails/locale");
  for (const [, , sentence] of lines.matchAll(SENTENCE)) {
    const beginning = sentence.split("%{errors}")[0].trimEnd();
    if (sentence.includes("%{errors}") && beginning !== "") beginnings.add(beginning);
  }
}
const file = join(ROOT, "src", "answer", "record_invalid.rs");
writeFileSync(file, `${HEADER}${[...beginnings].sort().join("\n")}";\n`);
console.log(`${beginnings.size} beginnings in ${file}`);
