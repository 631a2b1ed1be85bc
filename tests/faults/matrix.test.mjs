// Every fault, met by every kind of call under every choice of retries: no message is ever stored twice,
// unless dangerouslyRetryUnknown asked for it, and the error says exactly what is known.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE } from "../lib/servers.mjs";
import { assertRequests, assertUntouched, CALLS, settled, times, withoutJitter } from "./calls.mjs";
import { FAULTS, OPTIONS } from "./faults.mjs";
import { startFaultServer } from "./server.mjs";

const AT_ONCE = 16;

/** What has to come of a call. */
function expectation(fault, requests) {
  const hasRecovered = fault.recovers === true && requests > 1;
  const { error, outcome, status } = fault.first && requests === 1 ? fault.first : fault;
  const storing = fault.recovers || fault.first ? requests - 1 : requests;
  return {
    stored: hasRecovered ? 1 : storing * fault.stores,
    name: hasRecovered ? undefined : error,
    outcome,
    status,
  };
}

function title(fault, call, words, requests, { name, outcome }) {
  const ending = name ? `its outcome is ${outcome}` : "it succeeds";
  const verb = fault.refuses ? "tried" : "posted";
  return `${fault.name}: ${call.what} is ${verb} ${times(requests)} and ${ending}, ${words}`;
}

describe("faults", { concurrency: AT_ONCE }, () => {
  withoutJitter({ before, after });
  // Compiling the engine is not to count against anyone's timeout.
  before(async () => {
    const server = await startFaultServer({ after }, { atEnd: (exchange) => exchange.succeed() });
    await clientOf(server).sendText(141, { content: "Hello" });
  });

  for (const fault of FAULTS) {
    for (const call of CALLS) {
      if (call.isLarge && fault.notLarge) continue;
      for (const [index, [words, options, isDangerous]] of OPTIONS.entries()) {
        const requests = fault.requests[index];
        const expected = expectation(fault, requests);
        test(title(fault, call, words, requests, expected), async (t) => {
          const seen = await startFaultServer(t, fault);
          const other = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
          seen.elsewhere = other.url;
          const { timeout = 10_000, totalTimeout = 60_000 } = fault;
          const desk = clientOf(fault.refuses ? await closedPort() : seen, { timeout, totalTimeout });

          const { message, error } = await settled(call.send(desk, options));

          if (!isDangerous) assert.ok(seen.stored <= 1, `stored ${times(seen.stored)}`);
          assertUntouched(other);
          if (expected.name) {
            const { name, outcome, status } = expected;
            assertError(error, name, { outcome, status, attempts: requests });
          } else {
            assert.deepEqual(message, MESSAGE, error?.stack);
          }
          assert.equal(seen.stored, expected.stored, "stored");
          if (fault.refuses) assert.equal(seen.connections, 0);
          else assertRequests(seen, requests);
        });
      }
    }
  }
});
