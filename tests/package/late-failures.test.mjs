// docs/late-failures.md: from a webhook to a retry, a template or a person.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { CREDENTIALS, livedesk, sandbox } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";
import { MESSAGE, reply, startServer } from "../lib/servers.mjs";

const REAL = "https://livedesk-api.engagelab.com";
const page = await readFile(inRoot("docs", "late-failures.md"), "utf8");
const [, sample] = page.match(/^```js\n(.*?)^```$/ms);

/** The page's own program, whose client talks to a server of the test's; timers take no time. */
async function start(t, respond) {
  const server = await startServer(t, respond);
  const folder = await makeConsumerFolder(t);
  const program = join(folder, "late-failures.mjs");
  Object.assign(process.env, { LIVEDESK_API_KEY: "key", LIVEDESK_API_SECRET: "secret" });
  await writeFile(program, sample);
  const waits = [];
  const { fetch, setTimeout } = globalThis;
  t.after(() => Object.assign(globalThis, { fetch, setTimeout }));
  globalThis.fetch = (address, init) => fetch(String(address).replace(REAL, server.url), init);
  const { onWebhook, forPeople } = await import(pathToFileURL(program));
  /** Sends the event; resolves when what it led to has been done. */
  const tell = async (status, external_error, more) => {
    globalThis.setTimeout = (run, delay) => {
      // The client has timers of its own.
      if (!String(run).includes("retry(")) return setTimeout(run, delay);
      waits.push(delay);
      return setTimeout(run, 0);
    };
    const working = onWebhook(event(status, external_error, more));
    await working;
    globalThis.setTimeout = setTimeout;
    await new Promise((resolve) => setTimeout(resolve, 150));
  };
  const paths = () => server.requests.map(({ path }) => path.replace(/.*\/conversations/, ""));
  return { tell, paths, waits, forPeople, onWebhook, requests: server.requests };
}

/** As upstream tells it: the status stands only in the conversation's last message. */
function event(status, external_error, more) {
  const content_attributes = external_error ? { external_error } : {};
  const message = { id: 29, content: "Hello", content_attributes, message_type: 1, status };
  return {
    ...{ event: "message_updated", id: 29, content: "Hello", message_type: "outgoing", content_attributes },
    conversation: { id: 141, channel: "Channel::Whatsapp", messages: [message] },
    ...more,
  };
}

test("what may be repeated is repeated after its time, once for each failure, as often as the table allows", async (t) => {
  const { tell, paths, waits, forPeople } = await start(t);
  await tell("sent");
  for (let time = 1; time <= 5; time += 1) {
    await tell("failed", "131000: Something went wrong");
    await tell("failed", "131000: Something went wrong");
    await tell("sent");
  }
  assert.deepEqual(paths(), Array(3).fill("/141/messages/29/retry"));
  assert.deepEqual(waits, [2000, 2000, 2000]);
  assert.equal(forPeople.length, 2);
});

test("into a closed window goes a template", async (t) => {
  const { tell, paths, requests, forPeople } = await start(t);
  await tell("failed", "131047: Re-engagement message");
  assert.deepEqual(paths(), ["/141/messages"]);
  assert.equal(JSON.parse(requests[0].body).template_params.name, "may_we_go_on");
  assert.deepEqual(forPeople, []);
});

test("a template into a closed window is for a person, and so is what no retry mends", async (t) => {
  const { tell, paths, forPeople } = await start(t);
  const additional_attributes = { template_params: { name: "may_we_go_on" } };
  await tell("failed", "131047: Re-engagement message", { additional_attributes });
  assert.match(forPeople[0].advice, /approved under this name/);
  await tell("sent");
  await tell("failed", "131049: Not delivered to keep the ecosystem healthy");
  assert.match(forPeople[1].advice, /never repeat it automatically/);
  assert.deepEqual(paths(), []);
});

test("a retry without an answer is for a person", async (t) => {
  const { tell, paths, forPeople } = await start(t, (_, response) => reply(response, 500, MESSAGE));
  await tell("failed", "131016: Service overloaded");
  assert.deepEqual(paths(), ["/141/messages/29/retry"]);
  assert.match(forPeople[0].advice, /on its way again|may/);
});

const hasLater = "failLater" in sandbox.createSandbox();
test("a sandbox's late failure is told, explained and retried", { skip: !hasLater }, async (t) => {
  const { onWebhook, waits, forPeople } = await start(t);
  const desk = sandbox.createSandbox({ webhook: (event) => void onWebhook(event) });
  const { fetch, setTimeout } = globalThis;
  t.after(() => Object.assign(globalThis, { fetch, setTimeout }));
  globalThis.fetch = desk.fetch;
  globalThis.setTimeout = (run, delay) => {
    if (!String(run).includes("retry(")) return setTimeout(run, delay);
    waits.push(delay);
    return setTimeout(run, 0);
  };
  const { id } = await livedesk.sendText(CREDENTIALS, 141, { content: "Hello" });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 100));
  const status = () => desk.conversations.get(141)[0].status;
  desk.failLater(id, "131000: Something went wrong");
  assert.equal(status(), "failed");
  await settled();
  assert.deepEqual(waits, [2000]);
  assert.equal(status(), "sent");
  desk.failLater(id, "131050: The customer stopped marketing messages");
  await settled();
  assert.equal(status(), "failed");
  assert.match(forPeople[0].advice, /stopped marketing/);
});

test("what is no message, and a customer's own, is left alone", async (t) => {
  const { tell, paths } = await start(t);
  await tell("failed", "131000: x", { event: "conversation_updated" });
  await tell("failed", "131000: x", { message_type: "incoming" });
  assert.deepEqual(paths(), []);
});
