// The samples of the README, or of another page.

import { readFileSync } from "node:fs";
import { inRoot } from "./root.mjs";

/** A fence, its language, and on the line before perhaps what runs it, or why nothing does. */
const SAMPLE =
  /^(?:<!-- (?:runs in: (?<runner>.+?)|not run: (?<reason>.+?)) -->\n)?```(?<language>js|mjs|ts)\n(?<code>.*?)^```$/gms;

/** The text, and its samples: `{ line, language, code, runner?, reason? }`. */
export function readSamples(...page) {
  const text = readFileSync(page.length > 0 ? inRoot(...page) : inRoot("README.md"), "utf8");
  const samples = Array.from(text.matchAll(SAMPLE), ({ groups, index }) => ({
    ...groups,
    line: text.slice(0, index).split("\n").length,
  }));
  return { text, samples };
}
