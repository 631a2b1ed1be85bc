// The client with `proxy: true`, and every fault behind the proxy: at most one message is stored, and the call ends as it
// would without a proxy.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CALLS, settled, withoutJitter } from "../faults/calls.mjs";
import { FAULTS } from "../faults/faults.mjs";
import { startFaultServer } from "../faults/server.mjs";
import { livedesk } from "../lib/package.mjs";
import { closedPort } from "../lib/servers.mjs";
import { clientTo, proxyTo, serveHandler } from "./desk.mjs";

const AT_ONCE = 16;
const KINDS = CALLS.filter(({ isLarge }) => !isLarge);
const ENDS = FAULTS.filter(({ error }) => error !== "TimeoutError");

describe("behind a proxy", { concurrency: AT_ONCE }, () => {
  withoutJitter({ before, after });

  for (const fault of ENDS) {
    for (const { what, send } of KINDS) {
      test(`${fault.name}: ${what} ends as it would without a proxy`, async (t) => {
        const direct = await startFaultServer(t, fault);
        const seen = await startFaultServer(t, fault);
        const other = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
        direct.elsewhere = seen.elsewhere = other.url;
        const closed = await closedPort();
        const own = new livedesk.LiveDesk({
          apiKey: "k",
          apiSecret: "s",
          baseUrl: fault.refuses ? closed : direct.url,
        });
        const { url } = await serveHandler(t, proxyTo(fault.refuses ? closed : seen));
        const [wanted, got] = await Promise.all([settled(send(own)), settled(send(clientTo(url)))]);
        const facts = ({ message, error }) =>
          message ?? [error.name, error.code, error.outcome, error.status, error.attempts];
        assert.deepEqual(facts(got), facts(wanted), got.error?.stack);
        assert.equal(seen.stored, direct.stored);
        assert.ok(seen.stored <= 1);
        assert.equal(other.connections, 0);
      });
    }
  }
});
