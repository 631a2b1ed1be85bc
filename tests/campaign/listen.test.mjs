// What fails later: a webhook tells, and the journal knows.

import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  makeFolder,
  reportOf,
  rowsOf,
  runCampaign,
  startCampaign,
  startDesk,
  textTo,
  writeRows,
} from "./campaigns.mjs";

const SOON = "131000: Something went wrong";
const NEVER = "131047: Re-engagement message";

async function sentCampaign(t) {
  const folder = await makeFolder(t);
  const desk = await startDesk(t);
  const file = await writeRows(folder, rowsOf(3));
  const { code, output } = await runCampaign(textTo(desk, file));
  assert.equal(code, 0, output);
  const messages = rowsOf(3).map(([, conversation]) => desk.conversations.get(conversation)[0]);
  return { file, desk, messages };
}

async function listening(t, desk, file) {
  const { child, ended } = startCampaign(["listen", file, "--port", "0", "--base-url", desk.url]);
  t.after(() => child.kill("SIGKILL"));
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  while (!/http:\S+/.test(said)) await sleep(20);
  const [url] = /http:[^\s;]+/.exec(said);
  const until = async (pattern) => {
    for (let waited = 0; !pattern.test(said) && waited < 20_000; waited += 20) await sleep(20);
    assert.match(said, pattern);
  };
  const end = () => {
    child.kill("SIGINT");
    return ended;
  };
  return { url, until, end };
}

/** As upstream tells it. */
function event({ id }, conversation, external_error) {
  const content_attributes = external_error === undefined ? {} : { external_error };
  const fields = {
    id,
    message_type: "outgoing",
    status: external_error ? "failed" : "delivered",
    content_attributes,
  };
  return JSON.stringify({
    ...{ event: "message_updated", account: { id: 1 }, ...fields },
    conversation: { display_id: conversation, channel: "Channel::Whatsapp", messages: [fields] },
  });
}

const post = async (url, body) => (await fetch(url, { method: "POST", body })).status;

test("a message that fails later is retried at its time, once, however often that is told", async (t) => {
  const { file, desk, messages } = await sentCampaign(t);
  const { url, until, end } = await listening(t, desk, file);
  desk.failLater(messages[0].id, SOON);
  const told = event(messages[0], 1000, SOON);
  assert.deepEqual(await Promise.all([post(url, told), post(url, told), post(url, told)]), [204, 204, 204]);
  await until(/row 2: failed .*retry_message/);
  await until(/row 2: sent/);
  // The old failure told once more is no new one.
  assert.equal(await post(url, told), 204);
  await sleep(3_000);
  const { code, output } = await end();
  assert.equal(code, 0, output);
  assert.equal(desk.requests.filter(({ path }) => path.includes("retry")).length, 1);
  assert.equal(desk.stored(1000), 1);
});

test("what no retry mends is told in the report", async (t) => {
  const { file, desk, messages } = await sentCampaign(t);
  const { url, end } = await listening(t, desk, file);
  assert.equal(await post(url, event(messages[1], 1001, NEVER)), 204);
  const { code, output } = await end();
  assert.equal(code, 4, output);
  const { outcome, code: reason, advice } = reportOf(file)[1];
  assert.equal(outcome, "failed");
  assert.match(reason, /131047/);
  assert.notEqual(advice, "");
  assert.equal(desk.requests.length, 3);
});

test("nobody without the whole address, and no message of others, changes anything", async (t) => {
  const { file, desk, messages } = await sentCampaign(t);
  const { url, end } = await listening(t, desk, file);
  const told = event(messages[0], 1000, SOON);
  assert.equal(await post(new URL("/", url), told), 404);
  assert.equal(await post(`${url}x`, told), 404);
  assert.equal((await fetch(url)).status, 405);
  assert.equal(await post(url, "no event"), 204);
  assert.equal(await post(url, event({ id: 5 }, 1000, SOON)), 204);
  assert.equal(await post(url, event(messages[0], 999, SOON)), 204);
  assert.equal(await post(url, "x".repeat(4_194_305)), 413);
  assert.equal((await end()).code, 0);
  assert.deepEqual(
    reportOf(file).map(({ outcome }) => outcome),
    ["sent", "sent", "sent"],
  );
});

test("a campaign and its listener do not work at the same time", async (t) => {
  const { file, desk } = await sentCampaign(t);
  const { end } = await listening(t, desk, file);
  const { code, output } = await runCampaign(textTo(desk, file));
  assert.equal(code, 2);
  assert.match(output, /another process/);
  await end();
});
