// How the engine is loaded: by the first call, or ahead of it.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { run } from "../lib/command.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";

/** Counts engines, and can have them fail; in `desk` a client whose requests are kept. */
const BEGINNING = `
import { createRequire } from "node:module";
import { LiveDesk, preload } from "engagelab-livedesk";
const { Instance } = WebAssembly;
const seen = { engines: 0, fails: 0, bodies: [], events: [] };
WebAssembly.Instance = class extends Instance {
  constructor(...given) {
    seen.engines += 1;
    if (seen.fails > 0) throw new Error("no engine " + seen.fails--);
    super(...given);
  }
};
const fetch = async (_, { body }) => {
  seen.bodies.push(JSON.parse(body).content);
  return Response.json({ id: 1, status: "sent" });
};
const options = { apiKey: "key", apiSecret: "secret", fetch, onEvent: ({ type, outcome, code }) => seen.events.push([type, outcome, code]) };
const desk = new LiveDesk(options);
const fields = ({ name, code, outcome, message }) => ({ name, code, outcome, message });
const settle = (promise) => promise.then((value) => value?.status ?? String(value), fields);
`;

/** What a process of its own prints as JSON. */
async function told(t, program) {
  const folder = await makeConsumerFolder(t);
  await writeFile(join(folder, "program.mjs"), `${BEGINNING}${program}`);
  const { code, output } = await run([process.execPath, "program.mjs"], { cwd: folder });
  assert.equal(code, 0, output);
  return JSON.parse(output);
}

const LOAD_ERROR = {
  name: "LoadError",
  code: "load_failed",
  outcome: "not_sent",
  message: "The engine could not be loaded: no engine 1. Nothing was sent; the next call tries again.",
};

test("preload() loads the one engine that all calls then use", async (t) => {
  const { before, preloaded, engines } = await told(
    t,
    `const before = seen.engines;
    const preloaded = await settle(preload());
    await preload();
    await Promise.all([desk.sendText(1, { content: "a" }), desk.sendText(1, { content: "b" })]);
    console.log(JSON.stringify({ before, preloaded, engines: seen.engines }));`,
  );
  assert.deepEqual({ before, preloaded, engines }, { before: 0, preloaded: "undefined", engines: 1 });
});

test("preload() rejects as a call would, and the next one tries again", async (t) => {
  const endings = await told(
    t,
    `seen.fails = 1;
    console.log(JSON.stringify([await settle(preload()), await settle(preload())]));`,
  );
  assert.deepEqual(endings, [LOAD_ERROR, "undefined"]);
});

test("calls whose engine does not load are not sent, are told so by events, and work when made again", async (t) => {
  const { endings, bodies, events } = await told(
    t,
    `seen.fails = 1;
    const send = () => settle(desk.sendText(1, { content: "Hello" }));
    const endings = [...(await Promise.all([send(), send()])), await send()];
    console.log(JSON.stringify({ endings, bodies: seen.bodies, events: seen.events }));`,
  );
  assert.deepEqual(endings, [LOAD_ERROR, LOAD_ERROR, "sent"]);
  assert.deepEqual(bodies, ["Hello"]);
  const lost = ["end", "not_sent", "load_failed"];
  assert.deepEqual(events.slice(0, 2), [lost, lost]);
  assert.deepEqual(events.at(-1).slice(0, 2), ["end", "sent"]);
});

test("the first call sends what it was given, whatever becomes of that while the engine loads", async (t) => {
  const bodies = await told(
    t,
    `const message = { content: "first" };
    const first = desk.sendText(1, message);
    message.content = "second";
    await Promise.all([first, desk.sendText(1, message)]);
    console.log(JSON.stringify(seen.bodies));`,
  );
  assert.deepEqual(bodies, ["first", "second"]);
});

test("import and require() share one engine where require() can load modules", async (t) => {
  const [engines, same] = await told(
    t,
    `const required = createRequire(import.meta.url)("engagelab-livedesk");
    await new required.LiveDesk(options).sendText(1, { content: "a" });
    await desk.sendText(1, { content: "b" });
    console.log(JSON.stringify([seen.engines, required.LiveDesk === LiveDesk]));`,
  );
  const isShared = process.features.require_module === true;
  assert.deepEqual([engines, same], [isShared ? 1 : 2, isShared]);
});

test("importing the engine starts nothing, and the first call finds it there", async (t) => {
  const counts = await told(
    t,
    `await import("engagelab-livedesk/engine");
    const counts = [seen.engines];
    await desk.sendText(1, { content: "Hello" });
    console.log(JSON.stringify([...counts, seen.engines]));`,
  );
  assert.deepEqual(counts, [0, 1]);
});
