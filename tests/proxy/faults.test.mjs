// Every fault between a proxy and LiveDesk: one key sends one message, and every answer says what is known.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FAULTS } from "../faults/faults.mjs";
import { startFaultServer } from "../faults/server.mjs";
import { closedPort } from "../lib/servers.mjs";
import { form, fromPage, MESSAGES, proxyTo, text, told } from "./desk.mjs";

const AT_ONCE = 16;
const TIMES = 3;
const file = () => new File(["bytes"], "a.txt", { type: "text/plain" });

const CALLS = [
  ["a text", (key) => text("Hello", { key })],
  ["an attachment", (key) => form([file()], { key })],
  ["a large attachment", (key) => form([new File([new Uint8Array(1280 * 1024)], "large.bin")], { key })],
  ["a retry", (key) => fromPage(`${MESSAGES}/29/retry`, { key })],
];
/** Faults that never end are for the client's own time limit; the proxy's is minutes. */
const ENDS = FAULTS.filter(({ error }) => error !== "TimeoutError");

/** What the page is told; of what is not told here, LiveDesk's answer. */
function expected(fault) {
  const { error, outcome, refuses, status } = fault.first ?? fault;
  if (refuses) return /^not_connected$/;
  if (error === "ConnectionError") return /^lost$/;
  if (outcome === "rejected" && status >= 300 && status < 400)
    return new RegExp(`^answered;status=${status}$`);
  return /^(answered|(cut|too_long);status=\d+)$/;
}

describe("faults behind a proxy", { concurrency: AT_ONCE }, () => {
  for (const fault of ENDS) {
    for (const [what, make] of CALLS) {
      test(`${fault.name}: ${what} is stored once at most, however often the page repeats it`, async (t) => {
        const seen = await startFaultServer(t, fault);
        const other = await startFaultServer(t, { atEnd: (exchange) => exchange.succeed() });
        seen.elsewhere = other.url;
        const handle = proxyTo(fault.refuses ? await closedPort() : seen);
        for (let time = 1; time <= TIMES; time += 1) {
          const response = await handle(make("one"));
          await response.arrayBuffer();
          if (time === 1) assert.match(told(response), expected(fault));
          assert.ok(!(response.status >= 300 && response.status < 400));
        }
        assert.ok(seen.stored <= 1, `stored ${seen.stored} times`);
        assert.equal(other.connections, 0);
      });
    }
  }
});
