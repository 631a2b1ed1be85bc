// A context of its own, as test runners make one for each file: the globals there are another realm's than fetch's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { createContext, runInContext } from "node:vm";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { CREDENTIALS, inPackage } from "../lib/package.mjs";
import { closedPort, MESSAGE, startServer, startTlsServer, TLS } from "../lib/servers.mjs";

const WEB = [
  ...["AbortController", "AbortSignal", "Blob", "File", "FormData", "Headers", "ReadableStream", "Request"],
  ...[
    "Response",
    "TextDecoder",
    "TextEncoder",
    "URL",
    "WebAssembly",
    "atob",
    "btoa",
    "clearTimeout",
    "fetch",
  ],
  ...["performance", "process", "queueMicrotask", "setImmediate", "setTimeout"],
];

/** The package as a context loads it that has the outer realm's web, but objects and functions of its own. */
function loadInContext() {
  const globals = Object.fromEntries(WEB.map((name) => [name, globalThis[name]]));
  const context = createContext(globals);
  const file = inPackage("index.cjs");
  const load = runInContext(`(module, exports, require) => {${readFileSync(file, "utf8")}\n}`, context);
  const module = { exports: {} };
  load(module, module.exports, createRequire(file));
  assert.notEqual(runInContext("Object", context), Object);
  return module.exports;
}

const { LiveDesk } = loadInContext();
const deskOf = (baseUrl, options) => new LiveDesk({ ...CREDENTIALS, baseUrl, ...options });
const HELLO = { content: "Hello" };

async function failure(call) {
  return call.then(
    () => assert.fail("resolved"),
    ({ name, outcome, attempts }) => ({ name, outcome, attempts }),
  );
}

test("in a context of its own a message is sent, attachments too", async (t) => {
  const server = await startServer(t);
  assert.equal((await deskOf(server.url).sendText(141, HELLO)).id, MESSAGE.id);
  const attachments = [new File(["x"], "x.txt")];
  assert.equal((await deskOf(server.url).sendAttachments(141, { attachments })).id, MESSAGE.id);
  assert.match(server.requests[1].body.toString(), /filename="x.txt"/);
});

test("in a context of its own a refused connection is proven", async () => {
  assert.deepEqual(await failure(deskOf(await closedPort(), { maxRetries: 1 }).sendText(141, HELLO)), {
    ...{ name: "ConnectionError", outcome: "not_sent", attempts: 2 },
  });
});

test("in a context of its own the dispatcher of fetch's realm is used", async (t) => {
  const own = getGlobalDispatcher();
  const agent = new Agent({ connect: { ca: TLS.cert } });
  setGlobalDispatcher(agent);
  t.after(() => {
    setGlobalDispatcher(own);
    return agent.destroy();
  });
  const server = await startTlsServer(t);
  assert.equal((await deskOf(server.url).sendText(141, HELLO)).id, MESSAGE.id);
  const lost = await startTlsServer(t, (_, response) => response.socket.destroy());
  assert.deepEqual(await failure(deskOf(lost.url).sendText(141, HELLO)), {
    ...{ name: "ConnectionError", outcome: "unknown", attempts: 1 },
  });
  assert.equal(lost.requests.length, 1);
});
