// Files on a disk that change, move or vanish before they are sent: the error says so, and nothing is stored of them.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "../lib/command.mjs";
import { MESSAGE, reply } from "../lib/servers.mjs";
import { bunProgram, denoProgram, nodeProgram } from "../matrix/lib/tools.mjs";
import { makeFolder } from "../matrix/runtimes/folder.mjs";

const DENO = ["run", "--no-prompt", "-A", "--node-modules-dir=manual", "--no-remote"];
/** Long enough for a file to change while its upload waits. */
const UNREAD_MS = 2000;

/** Counts what each conversation stored; from 2000 on it refuses once, from 3000 on it reads late. */
async function startDesk(t) {
  const seen = { stored: {}, requests: {} };
  const server = createServer(async (incoming, response) => {
    const conversation = Number(/conversations\/(\d+)/.exec(incoming.url)[1]);
    seen.requests[conversation] = (seen.requests[conversation] ?? 0) + 1;
    try {
      if (conversation >= 3000 && conversation < 4000) await sleep(UNREAD_MS);
      for await (const _ of incoming);
      if (conversation >= 2000 && conversation < 3000 && seen.requests[conversation] === 1) {
        return reply(response, 429, "", { "Retry-After": "0" });
      }
      seen.stored[conversation] = (seen.stored[conversation] ?? 0) + 1;
      reply(response, 200, MESSAGE);
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(seen, { url: `http://127.0.0.1:${server.address().port}` });
}

const SENT = { outcome: "sent", requests: 1, stored: 1 };
const UNREADABLE = { outcome: "not_sent", code: "file_unreadable", stored: 0 };
const EXPECTED = {
  never: SENT,
  before: { ...UNREADABLE, requests: 0 },
  between: { ...UNREADABLE, requests: 1 },
  middle: { outcome: "unknown", code: "file_unreadable", requests: 1, stored: 0 },
};
/** What may also become of some: what is open already is read to its end, as it is there by then. */
const OR_SENT = ["deleted", "rewritten in the same size"];

function assertTold(seen, { results, crashes }, hasLiveSize) {
  assert.deepEqual(crashes, []);
  assert.ok(results.length > 10);
  for (const { when, source, change, conversation, outcome, code, message } of results) {
    const words = `${source}, ${change} ${when}: ${message}`;
    const [requests = 0, stored = 0] = [seen.requests[conversation], seen.stored[conversation]];
    const expected = { ...EXPECTED[when] };
    if (when === "middle" && outcome === "sent" && OR_SENT.includes(change)) Object.assign(expected, SENT);
    // Bun's own File tells its size as it is by then: none, of what was deleted.
    if (hasLiveSize && when === "before" && code === "invalid_input") expected.code = code;
    if (expected.outcome === "sent") expected.code = undefined;
    assert.deepEqual({ outcome, code, requests, stored }, expected, words);
    if (message) assert.doesNotMatch(message, /page|cross-origin/, words);
  }
}

describe("files that change", { concurrency: 2 }, () => {
  for (const [name, command] of [
    ...[20, 22, 24, 26].map((major) => [`Node ${major}`, () => [nodeProgram(major)]]),
    ["Bun", () => [bunProgram()]],
    ["Deno", () => [denoProgram(), ...DENO]],
  ]) {
    test(`are not_sent, or in the middle unknown, in ${name}`, async (t) => {
      const [seen, cwd] = [await startDesk(t), await makeFolder(t)];
      const { code, output, stdout } = await run([...command(), "changing-files.mjs", seen.url], { cwd });
      assert.equal(code, 0, output);
      assertTold(seen, JSON.parse(stdout.trim().split("\n").at(-1)), name === "Bun");
    });
  }
});
