// The floor plan: no circles, and arrows that run one way.

import assert from "node:assert/strict";
import test from "node:test";
import { inRoot } from "../lib/root.mjs";
import { circle, rustArrows, scriptArrows, texts, upward } from "./arrows.mjs";

/** A room knows those before it, and none behind it. */
const RUST = ["data", "input", "message", "failure", "policy", "answer", "request", "report", "boundary"];
/** `errors.js` and the entries stand at the top of the folder. */
const SCRIPT = [
  "host",
  "redaction",
  "whatsapp",
  "errors.js",
  "input",
  "engine",
  "call",
  "client",
  "engine.js",
  "index.js",
  "node.js",
  "proxy",
  "proxy.js",
  "bullmq",
  "bullmq.js",
];
/** The sandbox shares no code with the client, so that each checks the other. */
const SANDBOX = ["sandbox", "sandbox.js", "cli", "sandbox/node.js"];
/** Written by the build. */
const MADE = [
  "engine/wasm-bytes.js",
  "engine/from-rust.js",
  "engine/may-be-stored.js",
  "engine/engagelab_livedesk.js",
];

/** An entry stands for itself, also where its address puts it into a folder. */
const roomOf = (file) => (file === "sandbox/node.js" ? file : file.split("/")[0]);
const shown = (arrows) => arrows.map(({ from, to }) => `${from} -> ${to}`);

const rust = () => texts(inRoot("src"), ".rs");
const script = () => texts(inRoot("pkg-template"), ".js");

function checkRust(files) {
  // lib.rs lists the rooms, and is in none.
  files.delete("lib.rs");
  const arrows = rustArrows(files);
  assert.deepEqual(shown(upward(arrows, RUST, roomOf)), []);
  assert.equal(circle(arrows)?.join(" -> "), undefined);
  return arrows;
}

function checkScript(files) {
  const arrows = scriptArrows(files).filter(({ to }) => !MADE.includes(to));
  for (const { from, to } of arrows) assert.ok(files.has(to), `${from} imports ${to}, which is not there`);
  const isSandbox = ({ from }) => SANDBOX.includes(roomOf(from));
  const wrong = [
    ...upward(arrows.filter(isSandbox), SANDBOX, roomOf),
    ...upward(
      arrows.filter((arrow) => !isSandbox(arrow)),
      SCRIPT,
      roomOf,
    ),
  ];
  assert.deepEqual(shown(wrong), []);
  assert.equal(circle(arrows)?.join(" -> "), undefined);
  return arrows;
}

test("no room in src knows one above it, and no module is on a circle", () => {
  assert.ok(checkRust(rust()).length > 100);
});

test("no room in pkg-template knows one above it, and no file is on a circle", () => {
  assert.ok(checkScript(script()).length > 40);
});

for (const [path, line, found] of [
  ["data/value.rs", "use crate::input::id;", /data\/value -> input\/id/],
  [
    "input/issue.rs",
    "use crate::{data::number, answer::error_body::shorten};",
    /input\/issue -> answer\/error_body/,
  ],
  ["message/text.rs", "fn f() { crate::request::operation::f(); }", /message\/text -> request\/operation/],
  ["answer/message.rs", "use super::judge::{\n    judge,\n};", /answer\/(judge|message) -> answer/],
  ["policy/code.rs", "use super::super::report::Report;", /policy\/code -> report/],
]) {
  test(`${line} in ${path} is found`, () => {
    const files = rust();
    assert.ok(files.has(path));
    files.set(path, `${line}\n${files.get(path)}`);
    assert.throws(() => checkRust(files), found);
  });
}

for (const [path, line, found] of [
  ["host/stop.js", 'import { Call } from "../call/call.js";', /host\/stop\.js -> call\/call\.js/],
  ["errors.js", 'import {\n  load,\n} from "./engine/load.js";', /errors\.js -> engine\/load\.js/],
  ["sandbox/store.js", 'export { describe } from "../input/fields.js";', /sandbox\/store\.js -> input/],
  ["input/nearest.js", 'import { readFields } from "./fields.js";', /(nearest|fields)\.js -> input/],
  ["client/send.js", 'import { it } from "./nowhere.js";', /nowhere\.js, which is not there/],
]) {
  test(`${line} in ${path} is found`, () => {
    const files = script();
    assert.ok(files.has(path));
    files.set(path, `${line}\n${files.get(path)}`);
    assert.throws(() => checkScript(files), found);
  });
}

test("what tests and comments name is no arrow", () => {
  const files = rust();
  const tests =
    "\n/// See crate::report.\n#[cfg(test)]\n#[cfg(x)]\nmod tests {\n    use crate::report::Report;\n}\n";
  files.set("data/number.rs", files.get("data/number.rs").split("#[cfg(test)]")[0] + tests);
  checkRust(files);
});
