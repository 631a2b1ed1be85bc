// Failure is told once, in src/policy/code.rs: README's table, the types and what a test makes follow it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { ApiError, createError } from "../../pkg-template/errors.js";
import { inRoot } from "../lib/root.mjs";

const CODE = /^ {4}\w+ = "(\w+)", (\w+), (\w+);$/gm;
/** How `types/errors.d.ts` names the codes of a class that has more than one. */
const UNION = /export type (\w+Error)Code =([^;]*);/g;
const SINGLE = /(?:class|interface) (\w+) extends BaseError<"(\w+)">/g;

const read = (...path) => readFileSync(inRoot(...path), "utf8");
const snake = (name) => name.replace(/\B[A-Z]/g, "_$&").toLowerCase();

/** Told where there is no engine, so by JavaScript alone. */
const SCRIPTS_OWN = [
  ["load_failed", "LoadError", "not_sent"],
  ["internal_error", "LiveDeskError", "unknown"],
];

/** `[code, class, outcome]` of every failure. */
const CODES = [
  ...Array.from(read("src", "policy", "code.rs").matchAll(CODE), ([, code, type, outcome]) => [
    code,
    type,
    snake(outcome),
  ]),
  ...SCRIPTS_OWN,
];

/** The rows of README's table of errors: `{ type, codes, outcomes }`. */
function readmeRows() {
  const [, table] = read("README.md").match(/^\| error \| `code` \|.*\n\|[-|]*\n((?:\|.*\n)+)/m);
  return table.split("\n").flatMap((row) => {
    const [, first, codes, outcomes] = row.split("|");
    const type = first?.match(/`(\w+)`/)?.[1];
    return type ? [{ type, codes: words(codes), outcomes: words(outcomes) }] : [];
  });
}

const words = (cell) => Array.from(cell.matchAll(/`([a-z_]+)`/g), ([, word]) => word);

/** `class: codes` as the types have them. */
function typedCodes() {
  const types = read("pkg-template", "types", "errors.d.ts");
  const found = new Map();
  for (const [, type, union] of types.matchAll(UNION)) {
    found.set(
      type,
      Array.from(union.matchAll(/"(\w+)"/g), ([, code]) => code),
    );
  }
  for (const [, type, code] of types.matchAll(SINGLE)) {
    found.set(type === "InternalError" ? "LiveDeskError" : type, [code]);
  }
  return found;
}

function sorted(iterable) {
  return [...new Set(iterable)].sort();
}

const codesOf = (type) => CODES.filter(([, other]) => other === type).map(([code]) => code);
const classes = sorted(CODES.map(([, type]) => type));

test("the table of codes can be read", () => {
  assert.ok(CODES.length > 20);
  assert.equal(new Set(CODES.map(([code]) => code)).size, CODES.length);
});

test("the types know every code of every class, and no other", () => {
  const typed = typedCodes();
  assert.deepEqual(sorted(typed.keys()), classes);
  for (const [type, codes] of typed) assert.deepEqual(sorted(codes), sorted(codesOf(type)), type);
});

test("README's table has every code of every class, and no other", () => {
  const rows = readmeRows();
  assert.deepEqual(sorted(rows.map(({ type }) => type)), classes);
  for (const type of classes) {
    const shown = rows.filter((row) => row.type === type).flatMap(({ codes }) => codes);
    assert.deepEqual(sorted(shown), sorted(codesOf(type)), type);
  }
});

for (const [code, type, outcome] of CODES) {
  test(`${code} is ${outcome} in README and in an error that a test makes`, () => {
    const rows = readmeRows().filter((row) => row.codes.includes(code));
    // Of a row without an outcome of its own the one above holds: "the same".
    assert.ok(rows.some(({ outcomes }) => outcomes.length === 0 || outcomes.includes(outcome)));
    const made = createError(type, { message: "x", code });
    assert.deepEqual([made.code, made.outcome], [code, outcome]);
  });
}

test("an error that is made of a status has the code that the engine gives", () => {
  const [, body] = read("src", "policy", "code.rs").match(/fn of_status[^{]*\{([\s\S]*?)\n {4}\}/);
  const arms = Array.from(body.matchAll(/^ +([\d |.=]+) => Code::(\w+),$/gm));
  assert.ok(arms.length >= 7);
  const covers = (part, status) => {
    const [first, last = first] = part.trim().split("..=").map(Number);
    return status >= first && status <= last;
  };
  for (const status of [0, ...Array.from({ length: 400 }, (_, more) => 300 + more)]) {
    const arm = arms.find(([, pattern]) => pattern.split("|").some((part) => covers(part, status)));
    assert.equal(new ApiError("x", { status }).code, snake(arm?.[2] ?? "ServerError"), `${status}`);
  }
});

test("outcomeText says nothing of a code that there is not", () => {
  const [, texts] = read("pkg-template", "client", "outcome-text.js").match(/NOT_SENT = \{([\s\S]*?)\n\};/);
  const known = CODES.map(([code]) => code);
  for (const [, code] of texts.matchAll(/^ {2}(\w+):/gm)) assert.ok(known.includes(code), code);
});
