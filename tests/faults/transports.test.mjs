// Another library in fetch's place: what it cannot prove is unknown, and attachments are a real form or not sent.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE, reply, startServer } from "../lib/servers.mjs";
import { settled } from "./calls.mjs";
import { startFaultServer } from "./server.mjs";
import { TRANSPORTS } from "./transports.mjs";

const AT_ONCE = 16;
const HELLO = { content: "Hello" };
const TIMEOUT_MS = 1000;

describe("another transport", { concurrency: AT_ONCE }, () => {
  for (const [name, { fetch, form, asks }] of Object.entries(TRANSPORTS)) {
    const send = (server, options) => clientOf(server, { fetch, ...options }).sendText(141, HELLO);

    test(`${name} sends a text`, async (t) => {
      const server = await startServer(t);
      assert.deepEqual(await send(server), MESSAGE);
      assert.equal(server.requests[0].body.toString(), JSON.stringify(HELLO));
    });

    test(`${name} at a refused connection proves ${asks ? "that it was" : "nothing"}`, async () => {
      const { error } = await settled(send(await closedPort()));
      const [outcome, attempts] = asks ? ["not_sent", 3] : ["unknown", 1];
      assertError(error, "ConnectionError", { outcome, attempts });
    });

    test(`${name} at what was stored then reset is unknown, and not repeated`, async (t) => {
      const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.store().reset() });
      const { error } = await settled(send(seen));
      assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
      assert.equal(seen.stored, 1);
    });

    test(`${name} at what was stored then 500 is unknown, and not repeated`, async (t) => {
      const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.store().answer(500, "{}") });
      const { error } = await settled(send(seen));
      assertError(error, "ApiError", { outcome: "unknown", attempts: 1 });
      assert.equal(seen.stored, 1);
    });

    test(`${name} at what was stored then never answered is unknown, and not repeated`, async (t) => {
      const seen = await startFaultServer(t, { atEnd: (exchange) => exchange.store() });
      const { error } = await settled(send(seen, { timeout: TIMEOUT_MS }));
      assertError(error, "TimeoutError", { outcome: "unknown", attempts: 1 });
      assert.equal(seen.stored, 1);
    });

    test(`${name} at a 429 once is asked again`, async (t) => {
      const server = await startServer(t, ({ count }, response) =>
        count === 1 ? reply(response, 429, "", { "Retry-After": "0" }) : reply(response, 200, MESSAGE),
      );
      assert.deepEqual(await send(server), MESSAGE);
      assert.equal(server.requests.length, 2);
    });

    test(`${name} has attachments ${form}, never as the text [object FormData]`, async (t) => {
      const server = await startServer(t);
      const file = new File(["Size,Price\n"], "prices.csv", { type: "text/csv" });
      const { message, error } = await settled(
        clientOf(server, { fetch }).sendAttachments(141, { content: "Prices", attachments: [file] }),
      );
      for (const { headers, body } of server.requests) {
        assert.match(headers["content-type"], /^multipart\/form-data; *boundary=/);
        assert.match(body.toString(), /name="attachments\[\]"; filename="prices.csv"/);
        assert.match(body.toString(), /Size,Price\n/);
      }
      if (form === "sent") assert.deepEqual(message, MESSAGE, error?.stack);
      else assertError(error, "ConnectionError", { code: "form_failed", outcome: "not_sent" });
      assert.equal(server.requests.length, form === "sent" ? 1 : 0);
    });
  }
});
