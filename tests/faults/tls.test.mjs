// TLS that does not come about: nothing was sent, and the error says so.

import assert from "node:assert/strict";
import { createServer as createTlsServer } from "node:https";
import { connect } from "node:net";
import test, { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { assertError } from "../lib/assertions.mjs";
import { clientOf } from "../lib/package.mjs";
import { MESSAGE, reply, startServer, startTcpServer, startTlsServer, TLS } from "../lib/servers.mjs";
import { CALLS, settled, withoutJitter } from "./calls.mjs";

const KINDS = CALLS.filter(({ isLarge }) => !isLarge);
const TIMEOUT_MS = 300;
const ATTEMPTS = 3;

withoutJitter({ before, after });

const secure = (url) => url.replace("http:", "https:");
const startRaw = async (t, connected) => secure(await startTcpServer(t, connected));

/** Trusts the tests' certificate, as users do it for all that their process fetches. */
function trust(t, connect = { ca: TLS.cert }) {
  const own = getGlobalDispatcher();
  const agent = new Agent({ connect });
  setGlobalDispatcher(agent);
  t.after(() => {
    setGlobalDispatcher(own);
    return agent.destroy();
  });
}

/** Passes bytes both ways until the server's first. */
function relay(t, server, answered) {
  const port = Number(new URL(server.url).port);
  return startRaw(t, (socket) => {
    const onward = connect(port, "127.0.0.1").on("error", () => {});
    socket.on("data", (bytes) => onward.write(bytes)).on("close", () => onward.destroy());
    onward.on("data", (bytes) => answered(socket, bytes, onward));
  });
}

const NOT_SENT = { code: "not_connected", outcome: "not_sent", attempts: ATTEMPTS };

for (const { what, send } of KINDS) {
  test(`a handshake that hangs: ${what} is not_sent, and its timeout says so`, async (t) => {
    const desk = clientOf(await startRaw(t, () => {}), { timeout: TIMEOUT_MS });
    assertError((await settled(send(desk))).error, "TimeoutError", {
      ...{ code: "timeout", outcome: "not_sent", attempts: ATTEMPTS },
    });
    const { error } = await settled(send(desk, { totalTimeout: TIMEOUT_MS, timeout: 0 }));
    assertError(error, "TimeoutError", { code: "total_timeout", outcome: "not_sent", attempts: 1 });
    assert.match(error.message, /Nothing was sent; sending it again is safe/);
  });

  test(`a handshake that hangs: ${what} that is aborted is not_sent`, async (t) => {
    const desk = clientOf(await startRaw(t, () => {}));
    const reason = new Error("the customer left");
    const controller = new AbortController();
    const call = send(desk, { signal: controller.signal });
    await sleep(100);
    controller.abort(reason);
    const { error } = await settled(call);
    assertError(error, "AbortError", { code: "aborted", outcome: "not_sent", attempts: 1, cause: reason });
  });

  test(`a reset in the handshake: ${what} is not_sent, and tried again`, async (t) => {
    const server = await startTlsServer(t);
    const url = await relay(t, server, (socket) => socket.resetAndDestroy());
    assertError((await settled(send(clientOf(url)))).error, "ConnectionError", NOT_SENT);
    assert.equal(server.requests.length, 0);
  });

  test(`a port without TLS: ${what} is not_sent`, async (t) => {
    const server = await startServer(t);
    const { error } = await settled(send(clientOf(secure(server.url))));
    assertError(error, "ConnectionError", NOT_SENT);
    assert.equal(server.requests.length, 0);
  });

  test(`a certificate that nobody trusts: ${what} is not_sent, and not tried again`, async (t) => {
    const server = await startTlsServer(t);
    const { error } = await settled(send(clientOf(server)));
    assertError(error, "ConnectionError", {
      ...{ code: "certificate_refused", outcome: "not_sent", attempts: 1 },
    });
    assert.equal(server.requests.length, 0);
  });

  test(`a certificate that the global dispatcher trusts: ${what} is sent once`, async (t) => {
    trust(t);
    const server = await startTlsServer(t);
    assert.deepEqual((await settled(send(clientOf(server)))).message, MESSAGE);
    assert.equal(server.requests.length, 1);
  });

  test(`trusted, stored then reset: ${what} is unknown, and not repeated`, async (t) => {
    trust(t);
    const server = await startTlsServer(t, (_, response) => response.socket.destroy());
    const { error } = await settled(send(clientOf(server)));
    assertError(error, "ConnectionError", { outcome: "unknown", attempts: 1 });
    assert.equal(server.requests.length, 1);
  });

  // With TLS 1.3 a client has written by the time that its certificate is missed.
  for (const maxVersion of ["TLSv1.2", "TLSv1.3"]) {
    test(`a server that wants a certificate of ours, ${maxVersion}: ${what} is never called sent`, async (t) => {
      trust(t, { ca: TLS.cert, maxVersion });
      const server = await startServer(
        t,
        (_, response) => reply(response, 200, MESSAGE),
        (listener) => createTlsServer({ ...TLS, ca: TLS.cert, requestCert: true }, listener),
      );
      const { error } = await settled(send(clientOf(secure(server.url))));
      assertError(error, "ConnectionError");
      assert.equal(server.requests.length, 0);
      if (maxVersion === "TLSv1.2") assert.equal(error.outcome, "not_sent");
    });
  }
}
