// Redirects are never followed: fetch would make a GET of the POST, or send it twice.

import assert from "node:assert/strict";
import test, { after } from "node:test";
import { inspect } from "node:util";
import { rejection } from "../lib/assertions.mjs";
import { CREDENTIALS, clientOf } from "../lib/package.mjs";
import { reply, startServer } from "../lib/servers.mjs";

const target = await startServer({ after });

function redirecting(t, status, Location) {
  return startServer(t, (_, response) => reply(response, status, "", { Location }));
}

const fields = { code: "redirected", outcome: "rejected", attempts: 1 };

for (const status of [301, 302, 303, 307, 308]) {
  test(`a ${status} is not followed, and its error names the address`, async (t) => {
    const server = await redirecting(t, status, `${target.url}/moved`);
    const error = await rejection(clientOf(server).sendText(141, { content: "Hello" }), "ApiError", {
      ...fields,
      status,
    });
    assert.ok(error.message.includes(`${target.url}/moved`), error.message);
    assert.match(error.message, /baseUrl/);
    assert.equal(server.requests.length, 1);
    assert.equal(target.requests.length, 0);
  });
}

test("a redirect of a large upload is not followed either", async (t) => {
  const server = await redirecting(t, 307, `${target.url}/moved`);
  const attachments = [{ data: new Uint8Array(3 * 1024 * 1024), name: "large.bin" }];
  await rejection(clientOf(server).sendAttachments(141, { attachments }), "ApiError", fields);
  assert.equal(server.requests.length, 1);
  assert.equal(target.requests.length, 0);
});

test("credentials in a Location are not repeated", async (t) => {
  const { apiKey, apiSecret } = CREDENTIALS;
  const server = await redirecting(t, 302, `https://${apiKey}:${apiSecret}@example.com/x?token=t0ken#t0ken`);
  const error = await rejection(clientOf(server).sendText(141, { content: "Hello" }), "ApiError", fields);
  assert.ok(error.message.includes("https://example.com/x"), error.message);
  const shown = inspect(error, { showHidden: true, depth: 20 });
  for (const secret of [apiKey, apiSecret, "t0ken"]) assert.equal(shown.includes(secret), false, secret);
});

test("a 304 or a redirect to nowhere is an error like the others", async (t) => {
  for (const status of [300, 304, 399]) {
    const server = await startServer(t, (_, response) => {
      response.writeHead(status);
      response.end();
    });
    await rejection(clientOf(server).sendText(141, { content: "Hello" }), "ApiError", { ...fields, status });
  }
});
