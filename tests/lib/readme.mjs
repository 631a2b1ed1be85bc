// The samples of the README, and of other pages.

import { readFileSync } from "node:fs";
import { inRoot } from "./root.mjs";

/** A fence, its language, and on the line before perhaps what runs it, or why nothing does. */
const SAMPLE =
  /^(?:<!-- (?:runs in: (?<runner>.+?)|not run: (?<reason>.+?)) -->\n)?```(?<language>js|mjs|ts)\n(?<code>.*?)^```$/gms;

/** The page on testing. */
export const TESTING = "docs/testing.md";
/** Pages whose samples run, and how many each has at least. */
export const PAGES = { "README.md": 5, [TESTING]: 5, "docs/next-step.md": 1 };

/** The text of a page, and its samples: `{ page, line, language, code, runner?, reason? }`. */
export function readSamples(page = "README.md") {
  const text = readFileSync(inRoot(page), "utf8");
  const samples = Array.from(text.matchAll(SAMPLE), ({ groups, index }) => ({
    ...groups,
    page,
    line: text.slice(0, index).split("\n").length,
  }));
  return { text, samples };
}
