// The client with `proxy: true`, and every fault between it and the proxy, or two proxies: the message is sent once at
// most, and the outcome is the truth as far as anybody knows it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CALLS, settled, withoutJitter } from "../faults/calls.mjs";
import { proxy } from "../lib/package.mjs";
import { MESSAGE, startServer } from "../lib/servers.mjs";
import { clientTo, proxyTo, serveHandler } from "./desk.mjs";
import { startMiddleman, WAYS } from "./middleman.mjs";

const AT_ONCE = 16;
/** Only where nothing comes is time to run out, on a busy machine too. */
const optionsFor = (name) => ({
  timeout: name === "no answer" ? 1_500 : 20_000,
  totalTimeout: 60_000,
  maxRetries: 5,
});
const KINDS = CALLS.filter(({ isLarge }) => !isLarge);

describe("between a page and its proxy", { concurrency: AT_ONCE }, () => {
  withoutJitter({ before, after });

  for (const [name, way] of Object.entries(WAYS)) {
    for (const { what, send } of KINDS) {
      test(`${name}: ${what} is sent once, and the page has its answer`, async (t) => {
        const server = await startServer(t);
        const { url } = await serveHandler(t, proxyTo(server));
        const middle = await startMiddleman(t, url, way);
        const { message, error } = await settled(send(clientTo(middle.url, optionsFor(name))));
        assert.equal(server.requests.length, 1, error?.stack);
        assert.deepEqual(message, MESSAGE, error?.stack);
      });

      test(`${name}, then another proxy with a memory of its own: ${what} is sent once at most`, async (t) => {
        const server = await startServer(t);
        const proxies = [];
        for (const _ of [1, 2]) proxies.push(await serveHandler(t, proxyTo(server)));
        const middle = await startMiddleman(t, proxies[0].url, way, proxies[1].url);
        const { message, error } = await settled(send(clientTo(middle.url, optionsFor(name))));
        assert.ok(server.requests.length <= 1);
        if (message) return assert.equal(server.requests.length, 1);
        assert.equal(error.outcome, "unknown", error.stack);
      });

      test(`${name}, then another proxy with the same store: ${what} is sent once, and the page has its answer`, async (t) => {
        const server = await startServer(t);
        const store = proxy.memoryStore();
        const proxies = [];
        for (const _ of [1, 2]) proxies.push(await serveHandler(t, proxyTo(server, { store })));
        const middle = await startMiddleman(t, proxies[0].url, way, proxies[1].url);
        const { message, error } = await settled(send(clientTo(middle.url, optionsFor(name))));
        assert.equal(server.requests.length, 1);
        assert.deepEqual(message, MESSAGE, error?.stack);
      });
    }
  }
});
