// What is left of the package in a bundle that imports little of it.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "../../lib/command.mjs";
import { startSandbox } from "../../lib/servers.mjs";
import { makeApp, scriptsOf } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";

/** The engine is the only text in the package of this kind and length. */
const ENGINE = /[A-Za-z0-9+/]{10000}/;

/** What a bundle imports, what of the package has to be in it, and how many bytes are too many. */
const LITTLE = [
  {
    what: "an error class",
    source: 'import { ApiError } from "engagelab-livedesk"; globalThis.kept = (e) => e instanceof ApiError;',
    limit: 6000,
  },
  {
    what: "nothing but types",
    source: 'import "engagelab-livedesk"; /** @typedef {import("engagelab-livedesk").Message} Message */',
    limit: 6000,
  },
  {
    what: "the sandbox alone",
    source: 'import { createSandbox } from "engagelab-livedesk/sandbox"; globalThis.kept = createSandbox;',
    // Most of it is liquidjs: docs/decisions/liquid-in-the-sandbox.md.
    limit: 145_000,
  },
];

/**
 * `build(entry, folder, isSplit)` minifies `entry` into the folder, with whatever the bundler does by default; split, so
 * that what the first call loads is apart.
 */
export function shakingCells(name, version, build) {
  for (const { what, source, limit } of LITTLE) {
    bundlerCell({ in: name, how: `tree shaking, importing ${what}`, inCi: true }, async (t) => {
      const { size, text, zipped } = await bundle(t, build, source);
      assert.equal(ENGINE.test(text), false, `the engine is among ${size} bytes`);
      assert.equal(text.includes("WebAssembly"), false, `what loads it is among ${size} bytes`);
      assert.ok(size < limit, `${size} bytes`);
      return { version: await version(), note: `${zipped} bytes gzipped` };
    });
  }

  bundlerCell({ in: name, how: "tree shaking, importing one call, run in Node", inCi: true }, async (t) => {
    const sandbox = await startSandbox(t);
    const { text, first, zipped, program } = await bundle(t, build, sendingFrom(sandbox.url), true);
    assert.ok(ENGINE.test(text));
    const { output } = await run([process.execPath, program]);
    assert.equal(output, "sent ApiError true rejected\n");
    assert.equal(sandbox.messages(141).length, 1);
    return { version: await version(), note: `${first} bytes gzipped at first, ${zipped} in all` };
  });
}

/** A program that has of the package what it needs to send, and to tell one error from others. */
function sendingFrom(baseUrl) {
  return `import { ApiError, sendText } from "engagelab-livedesk";
    const desk = { apiKey: "key", apiSecret: "secret", baseUrl: "${baseUrl}" };
    const send = (conversation) => sendText(desk, conversation, { content: "Hello" });
    send(141).then(async ({ status }) => {
      const error = await send(900422).catch((error) => error);
      console.log(status, error.name, error instanceof ApiError, error.outcome);
    });`;
}

async function bundle(t, build, source, isSplit = false) {
  const folder = await makeApp(t);
  const output = join(folder, "dist");
  await writeFile(join(folder, "little.js"), source);
  await build(join(folder, "little.js"), output, isSplit);
  const scripts = await scriptsOf(output);
  const text = Object.values(scripts).join("\n");
  const gzip = (texts) => texts.reduce((sum, one) => sum + gzipSync(one, { level: 9 }).length, 0);
  return {
    text,
    program: join(output, "little.js"),
    size: Buffer.byteLength(text),
    zipped: gzip(Object.values(scripts)),
    first: gzip(Object.values(scripts).filter((one) => !ENGINE.test(one))),
  };
}
