// requestOptions.onUploadProgress in Node: honest, monotonic, and of no consequence.

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { caught, rejection } from "../lib/assertions.mjs";
import { clientOf, files, livedesk } from "../lib/package.mjs";
import { MESSAGE, reply, startServer, startTcpServer } from "../lib/servers.mjs";

const MIB = 1024 * 1024;
const BYTES = randomBytes(8 * MIB);
const file = (name = "a.bin", bytes = BYTES) => new File([bytes], name);

/** What was told, with when. */
function recorder() {
  const told = [];
  return { told, onUploadProgress: (progress) => told.push({ ...progress, at: performance.now() }) };
}

function assertHonest(told, total) {
  const order = ["sending", "waiting", "done"];
  for (const [index, now] of told.entries()) {
    assert.deepEqual(Object.keys(now).slice(0, 3), ["phase", "loaded", "total"]);
    assert.equal(now.total, total);
    assert.ok(now.loaded <= total);
    if (now.phase !== "sending") assert.equal(now.loaded, total);
    const before = told[index - 1];
    if (!before) continue;
    assert.ok(now.loaded >= before.loaded, "goes back");
    assert.ok(order.indexOf(now.phase) >= order.indexOf(before.phase), "goes back a phase");
    const second = told.filter(({ at }) => at > now.at - 1000 && at <= now.at);
    assert.ok(second.length <= 20, `${second.length} in a second`);
  }
}

/** Reads a request as slowly as it likes, and answers when it has all of it. */
async function slowServer(t, read, answered = () => {}) {
  let got = 0;
  const url = await startTcpServer(t, (socket) => {
    let length;
    let head = "";
    socket.on("error", () => {});
    socket.on("data", (piece) => {
      got += piece.length;
      if (length === undefined) {
        head += piece.toString("latin1");
        const at = head.indexOf("\r\n\r\n");
        if (at < 0) return;
        length = at + 4 + Number(/content-length: (\d+)/i.exec(head)[1]);
      }
      socket.pause();
      read(got, length).then(() => socket.resume());
      if (got < length) return;
      answered();
      const body = JSON.stringify(MESSAGE);
      setTimeout(() => {
        socket.end(
          `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        );
      }, 150);
    });
  });
  return { url, received: () => got };
}

test("tells of an upload from nothing to the answer, each step once", async (t) => {
  const server = await slowServer(t, () => sleep(5));
  const { told, onUploadProgress } = recorder();
  await clientOf(server).sendAttachments(141, { attachments: [file(), file("b.bin")] }, { onUploadProgress });
  assertHonest(told, 16 * MIB);
  assert.deepEqual([told[0].phase, told[0].loaded], ["sending", 0]);
  assert.ok(told.filter(({ phase }) => phase === "sending").length > 3, `${told.length} events`);
  assert.deepEqual(
    told.slice(-2).map(({ phase }) => phase),
    ["waiting", "done"],
  );
  assert.ok(told.at(-1).at - told.at(-2).at > 100, "it waited for the answer");
});

test("is never ahead of the server by more than what lies in between, and waits only when all is on its way", async (t) => {
  let open;
  const gate = new Promise((resolve) => {
    open = resolve;
  });
  // Reads a quarter, then nothing.
  const server = await slowServer(t, (got, length) => (got > length / 4 ? gate : sleep(1)));
  const { told, onUploadProgress } = recorder();
  const large = randomBytes(64 * MIB);
  const call = clientOf(server).sendAttachments(
    141,
    { attachments: [file("a", large)] },
    { onUploadProgress },
  );
  await sleep(1500);
  const stuck = told.at(-1);
  assert.equal(stuck.phase, "sending");
  assert.ok(stuck.loaded >= server.received() - MIB, `${stuck.loaded} of ${server.received()}`);
  // Sockets of this machine hold some MiB.
  assert.ok(stuck.loaded < server.received() + 16 * MIB, `${stuck.loaded} of ${server.received()}`);
  open();
  await call;
  assertHonest(told, 64 * MIB);
});

test("a file from disk is told of as well, and its Content-Length is kept", async (t) => {
  const path = join(tmpdir(), `progress-${process.pid}.bin`);
  await writeFile(path, BYTES);
  t.after(() => rm(path));
  const server = await startServer(t);
  const { told, onUploadProgress } = recorder();
  await clientOf(server).sendAttachments(
    141,
    { attachments: [await files.fileFromPath(path)] },
    { onUploadProgress },
  );
  assertHonest(told, BYTES.length);
  assert.equal(told.at(-1).phase, "done");
  const [{ headers, body }] = server.requests;
  assert.equal(Number(headers["content-length"]), body.length);
  assert.ok(body.includes(BYTES));
});

test("an attempt that begins anew is told of once it is further than the last", async (t) => {
  const server = await startServer(t, ({ count }, response) =>
    count === 1 ? reply(response, 429, "", { "Retry-After": "0" }) : reply(response, 200, MESSAGE),
  );
  const { told, onUploadProgress } = recorder();
  await clientOf(server).sendAttachments(141, { attachments: [file()] }, { onUploadProgress });
  assert.equal(server.requests.length, 2);
  assertHonest(told, BYTES.length);
  assert.equal(told.filter(({ phase }) => phase === "done").length, 1);
});

test("a refusal and a lost connection are never done, and nothing is told afterwards", async (t) => {
  for (const respond of [
    (_, response) => reply(response, 422, { message: "x", attributes: ["content"] }),
    (_, response) => response.destroy(),
  ]) {
    const server = await startServer(t, respond);
    const { told, onUploadProgress } = recorder();
    await caught(clientOf(server).sendAttachments(141, { attachments: [file()] }, { onUploadProgress }));
    assertHonest(told, BYTES.length);
    assert.equal(
      told.some(({ phase }) => phase === "done"),
      false,
    );
    const { length } = told;
    await sleep(120);
    assert.equal(told.length, length);
  }
});

test("files that got there count as done, though their delivery failed", async (t) => {
  const sent = { ...MESSAGE, status: "failed", content_attributes: { external_error: "131047: x" } };
  const server = await startServer(t, (_, response) => reply(response, 200, sent));
  const { told, onUploadProgress } = recorder();
  const call = clientOf(server).sendAttachments(141, { attachments: [file()] }, { onUploadProgress });
  await rejection(call, "DeliveryError");
  assert.equal(told.at(-1).phase, "done");
});

test("a callback that throws, rejects, or aborts changes nothing but what it means to", async (t) => {
  const server = await startServer(t);
  for (const onUploadProgress of [
    () => {
      throw new Error("no");
    },
    async () => {
      throw new Error("no");
    },
    () => Object.create(null),
  ]) {
    await clientOf(server).sendAttachments(141, { attachments: [file()] }, { onUploadProgress });
  }
  assert.equal(server.requests.length, 3);
  const controller = new AbortController();
  const slow = await slowServer(t, () => sleep(20));
  const onUploadProgress = ({ loaded }) => loaded > MIB && controller.abort();
  const call = clientOf(slow).sendAttachments(
    141,
    { attachments: [file()] },
    { onUploadProgress, signal: controller.signal },
  );
  await rejection(call, "AbortError", { attempts: 1 });
});

test("runs in the async context of its own call", async (t) => {
  const server = await startServer(t);
  const storage = new AsyncLocalStorage();
  const seen = new Set();
  await Promise.all(
    ["ada", "bob"].map((tenant) =>
      storage.run(tenant, () =>
        clientOf(server).sendAttachments(
          141,
          { attachments: [file()] },
          { onUploadProgress: () => seen.add(`${tenant} ${storage.getStore()}`) },
        ),
      ),
    ),
  );
  assert.deepEqual([...seen].sort(), ["ada ada", "bob bob"]);
});

test("is refused where it makes no sense, before anything is sent", async (t) => {
  const server = await startServer(t);
  const desk = clientOf(server);
  const onUploadProgress = () => {};
  for (const call of [
    desk.sendText(141, { content: "Hello" }, { onUploadProgress }),
    desk.retryMessage(141, 29, { onUploadProgress }),
    desk.sendAttachments(141, { attachments: [file()] }, { onUploadProgress: true }),
  ]) {
    const error = await rejection(call, "ValidationError", { outcome: "not_sent" });
    assert.equal(error.issues[0].path, "requestOptions.onUploadProgress");
  }
  assert.equal(server.requests.length, 0);
});

test("without files there is nothing to tell: the message is refused as ever", async () => {
  const call = livedesk.sendAttachments(
    { apiKey: "a", apiSecret: "b" },
    141,
    { attachments: [] },
    { onUploadProgress: () => assert.fail() },
  );
  await rejection(call, "ValidationError");
});
