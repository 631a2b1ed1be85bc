// The gateway that most often stands before a Rails application, with its own limits and its own error pages.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE } from "../lib/servers.mjs";
import { assertRequests, CALLS, settled, withoutJitter } from "./calls.mjs";
import { ensureNginx, startNginx } from "./nginx.mjs";
import { startFaultServer } from "./server.mjs";

const program = await ensureNginx();
const skip = program ? false : "NO NGINX: neither installed, nor to be had with apt-get download";
const KINDS = CALLS.filter(({ isLarge }) => !isLarge);
const LARGE = CALLS.find(({ isLarge }) => isLarge);
const FAILS = { attempts: 1, outcome: "unknown" };

/** nginx before `behave`, and a client of it. */
async function startBehind(t, behave, directives, http = "", address = undefined) {
  const upstream = await startFaultServer(t, behave);
  const pass = `proxy_pass ${address ?? upstream.url}/; ${directives}`;
  const nginx = await startNginx(t, program, http, { desk: pass });
  return { upstream, nginx, desk: clientOf(nginx.url("desk")) };
}

const wellBehaved = { atEnd: (exchange) => exchange.succeed() };

// Each test by itself is skipped, since the tests of a skipped suite are not counted.
const testBehind = (name, body) => test(name, { skip }, body);

describe("behind nginx", { concurrency: 8 }, () => {
  withoutJitter({ before, after });

  for (const { what, send } of KINDS) {
    testBehind(`${what} is posted once and succeeds`, async (t) => {
      const { upstream, nginx, desk } = await startBehind(t, wellBehaved, "");
      assert.deepEqual((await settled(send(desk))).message, MESSAGE);
      assert.equal(upstream.stored, 1);
      assertRequests(upstream, 1);
      assert.deepEqual(await nginx.statuses("desk", 1), [200]);
    });

    testBehind(
      `limit_req answers 429: ${what} is told to a call, and the next one waits and is stored once`,
      async (t) => {
        const zone = "limit_req_zone $binary_remote_addr zone=one:1m rate=1r/s;";
        const limit = "limit_req zone=one; limit_req_status 429;";
        const { upstream, nginx, desk } = await startBehind(t, wellBehaved, limit, zone);
        assert.deepEqual((await settled(send(desk))).message, MESSAGE);
        const { error } = await settled(send(desk, { maxRetries: 0 }));
        assertError(error, "ApiError", { status: 429, outcome: "rejected", attempts: 1 });
        assert.equal(upstream.stored, 1);
        assert.deepEqual((await settled(send(desk))).message, MESSAGE);
        assert.equal(upstream.stored, 2);
        assertRequests(upstream, 2);
        // The client has learnt from the refusal of the call before.
        assert.deepEqual(await nginx.statuses("desk", 3), [200, 429, 200]);
      },
    );

    testBehind(`nobody behind it, 502: ${what} is posted once and its outcome is unknown`, async (t) => {
      const address = await closedPort();
      const { upstream, nginx, desk } = await startBehind(t, wellBehaved, "", "", address);
      const { error } = await settled(send(desk, { maxRetries: 5 }));
      assertError(error, "ApiError", { ...FAILS, status: 502 });
      assert.equal(upstream.connections, 0);
      assert.deepEqual(await nginx.statuses("desk", 1), [502]);
    });

    testBehind(
      `stored then reset behind it, 502: ${what} is stored once and its outcome is unknown`,
      async (t) => {
        const resetting = { atEnd: (exchange) => exchange.store().reset() };
        const { upstream, nginx, desk } = await startBehind(t, resetting, "");
        const { error } = await settled(send(desk, { maxRetries: 5 }));
        assertError(error, "ApiError", { ...FAILS, status: 502 });
        assert.equal(upstream.stored, 1);
        assertRequests(upstream, 1);
        assert.deepEqual(await nginx.statuses("desk", 1), [502]);
      },
    );

    testBehind(
      `stored then never answered, 504: ${what} is stored once and its outcome is unknown`,
      async (t) => {
        const silent = { atEnd: (exchange) => exchange.store() };
        const { upstream, nginx, desk } = await startBehind(t, silent, "proxy_read_timeout 300ms;");
        const { error } = await settled(send(desk, { maxRetries: 5 }));
        assertError(error, "ApiError", { ...FAILS, status: 504 });
        assert.equal(upstream.stored, 1);
        assertRequests(upstream, 1);
        assert.deepEqual(await nginx.statuses("desk", 1), [504]);
      },
    );
  }

  for (const [what, attachment] of [
    ["an attachment of 100 KB", { data: new Uint8Array(100_000), name: "a.bin" }],
    ["an attachment of 8 MB", { data: new Uint8Array(8_000_000), name: "a.bin" }],
  ]) {
    testBehind(`client_max_body_size answers 413: ${what} is posted once and rejected`, async (t) => {
      const { upstream, nginx, desk } = await startBehind(t, wellBehaved, "client_max_body_size 1k;");
      const call = desk.sendAttachments(141, { attachments: [attachment] }, { maxRetries: 5 });
      const { error } = await settled(call);
      assertError(error, "ApiError", { status: 413, outcome: "rejected", attempts: 1 });
      assert.equal(upstream.connections, 0);
      assert.deepEqual(await nginx.statuses("desk", 1), [413]);
    });
  }

  testBehind("a large attachment goes through in one piece, once", async (t) => {
    const { upstream, desk } = await startBehind(t, wellBehaved, "client_max_body_size 10m;");
    assert.deepEqual((await settled(LARGE.send(desk))).message, MESSAGE);
    assert.deepEqual([upstream.whole, upstream.stored], [1, 1]);
  });
});
