// What everything else rests on, in every line of Node: its fetch, its dispatcher and its stacks are others in each.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HANG, refuse, startProxy } from "../faults/proxy.mjs";
import { startFaultServer } from "../faults/server.mjs";
import { run } from "../lib/command.mjs";
import { startServer, startTlsServer } from "../lib/servers.mjs";
import { nodeProgram } from "../matrix/lib/tools.mjs";

const LINES = [20, 22, 24, 26];
const FILES = [
  "tests/faults/wrapped.test.mjs",
  "tests/faults/wrapped-twice.test.mjs",
  "tests/faults/wrapped-beside.test.mjs",
  "tests/faults/direct.test.mjs",
  "tests/faults/misdirected.test.mjs",
  "tests/package/redirects.test.mjs",
  "tests/faults/transports.test.mjs",
  "tests/hands/realms.test.mjs",
  "tests/hands/stacks.test.mjs",
  "tests/hands/tracing.test.mjs",
];
/** From here on Node's fetch asks the environment for a proxy. */
const ENV_PROXY = [24, 26];
const SEND = "tests/faults/programs/send.mjs";
/** A child of a test run would speak to it instead of printing. */
const env = { WRAPPERS: "few", NODE_TEST_CONTEXT: undefined, NODE_NO_WARNINGS: "1" };

describe("in every line of Node", { concurrency: 2 }, () => {
  for (const line of LINES) {
    for (const file of FILES) {
      test(`Node ${line} passes ${file}`, async () => {
        const command = [nodeProgram(line), "--test", "--test-reporter=tap", file];
        const { code, output } = await run(command, { env });
        assert.equal(code, 0, output.split("\n").slice(-200).join("\n"));
        assert.match(output, /^# pass [1-9]\d*$/m);
        assert.match(output, /^# fail 0$/m);
      });
    }
  }

  for (const line of ENV_PROXY) {
    /** One call by that Node through a proxy of its environment; what it tells. */
    async function send(proxy, url, options = {}) {
      const environment = { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: "" };
      const command = [nodeProgram(line), SEND, url, JSON.stringify(options)];
      const { stdout } = await run(command, { env: { ...env, ...environment } });
      return JSON.parse(stdout.trim().split("\n").at(-1));
    }

    test(`Node ${line} with NODE_USE_ENV_PROXY sends once, and what is lost is unknown`, async (t) => {
      const proxy = await startProxy(t);
      const [secure, server] = [await startTlsServer(t), await startServer(t)];
      assert.equal((await send(proxy.url, secure.url)).outcome, "sent");
      assert.equal((await send(proxy.url, server.url)).outcome, "sent");
      assert.deepEqual([secure.requests.length, server.requests.length], [1, 1]);
      assert.equal(proxy.tunnels + proxy.plain, 2);
      const lost = await startFaultServer(t, { atEnd: (exchange) => exchange.store().reset() });
      assert.equal((await send(proxy.url, lost.url)).outcome, "unknown");
      assert.equal(lost.stored, 1);
    });

    test(`Node ${line} with NODE_USE_ENV_PROXY: a proxy that refuses or hangs is not_sent`, async (t) => {
      const server = await startTlsServer(t);
      const refusing = await startProxy(t, refuse(403));
      assert.equal((await send(refusing.url, server.url, { maxRetries: 0 })).outcome, "not_sent");
      const hanging = await startProxy(t, HANG);
      const told = await send(hanging.url, server.url, { maxRetries: 0, timeout: 500 });
      assert.deepEqual([told.name, told.outcome], ["TimeoutError", "not_sent"]);
      assert.equal(server.requests.length, 0);
    });
  }
});
