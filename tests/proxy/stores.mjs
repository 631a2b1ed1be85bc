// What every store has to do: the same tests for memory and for Redis.

import assert from "node:assert/strict";
import test from "node:test";
import { closedPort, MESSAGE, reply, startServer } from "../lib/servers.mjs";
import {
  form,
  fromPage,
  MESSAGES,
  proxyTo,
  proxyToSandbox,
  text,
  tokenFrom,
  told,
  withToken,
} from "./desk.mjs";

/** `makeStore()` gives one that nobody else uses; `name` is what it is. */
export function testStore(name, makeStore) {
  test(`${name}: the same key again gets the kept answer, and the message is sent once`, async () => {
    const { handle, stored } = proxyToSandbox({ store: await makeStore() });
    const first = await (await handle(text("Hello", { key: "one" }))).json();
    for (let time = 0; time < 3; time += 1) {
      const again = await handle(text("Hello", { key: "one" }));
      assert.equal(again.headers.get("idempotency-replayed"), "true");
      assert.deepEqual(await again.json(), first);
    }
    assert.equal(stored(), 1);
    await handle(text("Hello", { key: "two" }));
    await handle(text("Hello"));
    assert.equal(stored(), 3);
  });

  test(`${name}: of many requests with one key at once, one is sent`, async (t) => {
    const server = await startServer(t, async (_, response) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      reply(response, 200, MESSAGE);
    });
    const store = await makeStore();
    const handles = [proxyTo(server, { store }), proxyTo(server, { store })];
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => handles[index % 2](text("Hello", { key: "one" }))),
    );
    const statuses = all.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [200, ...Array(19).fill(409)]);
    const waiting = all.find(({ status }) => status === 409);
    assert.equal(waiting.headers.get("retry-after"), "1");
    assert.equal(told(waiting), "running");
    assert.equal(server.requests.length, 1);
  });

  test(`${name}: a key with another message is refused, while it runs and afterwards`, async () => {
    const { handle, stored } = proxyToSandbox({ store: await makeStore() });
    const both = await Promise.all(
      ["Hello", "Other"].map((content) => handle(text(content, { key: "one" }))),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 422]);
    const after = await handle(text("Hello!", { key: "one" }));
    assert.deepEqual([after.status, told(after)], [422, "refused"]);
    const retried = await handle(fromPage(`${MESSAGES}/29/retry`, { key: "one" }));
    assert.equal(retried.status, 422);
    assert.equal(stored(), 1);
  });

  test(`${name}: a form is known again by its parts, whatever its boundary`, async () => {
    const { handle, stored } = proxyToSandbox({ store: await makeStore() });
    const bytes = new Uint8Array(200_000).map((_, index) => (index * 7) % 256);
    const files = () => [
      new File([bytes], "a.bin"),
      new File(["\r\n--x\r\n"], "b.txt", { type: "text/plain" }),
    ];
    const first = await handle(form(files(), { key: "one", content: "Hello" }));
    assert.equal(first.status, 200);
    const again = await handle(form(files(), { key: "one", content: "Hello" }));
    assert.deepEqual([again.status, again.headers.get("idempotency-replayed")], [200, "true"]);
    assert.deepEqual(await again.json(), await first.json());
    const others = [
      form(files(), { key: "one", content: "Hello!" }),
      form([new File([bytes], "other.bin"), files()[1]], { key: "one", content: "Hello" }),
      form([new File([bytes.slice(1)], "a.bin"), files()[1]], { key: "one", content: "Hello" }),
      form([files()[0]], { key: "one", content: "Hello" }),
      text("Hello", { key: "one" }),
    ];
    for (const other of others) assert.equal((await handle(other)).status, 422);
    assert.equal(stored(), 1);
  });

  test(`${name}: a key is one user's in one conversation`, async () => {
    let user = "ada";
    const { handle, stored } = proxyToSandbox({ store: await makeStore(), allow: () => ({ user }) });
    await handle(text("Hello", { key: "one" }));
    await handle(text("Hello", { key: "one", conversation: 260 }));
    user = "bob";
    const other = await handle(text("Hello", { key: "one" }));
    assert.equal(other.headers.get("idempotency-replayed"), null);
    assert.deepEqual([stored(), stored(260)], [2, 1]);
  });

  test(`${name}: a refusal is kept, and so is what may have been stored`, async () => {
    const { handle, stored } = proxyToSandbox({ store: await makeStore() });
    for (const [conversation, status] of [
      [900404, 404],
      [900422, 422],
      [900500, 500],
      [900200, 200],
    ]) {
      for (const isReplay of [null, "true", "true"]) {
        const response = await handle(text("Hello", { key: "one", conversation }));
        assert.deepEqual([response.status, response.headers.get("idempotency-replayed")], [status, isReplay]);
      }
    }
    assert.equal(stored(900500), 1);
  });

  test(`${name}: what provably stored nothing may be tried again with the same key`, async (t) => {
    const server = await startServer(t, ({ count }, response) =>
      count === 1 ? reply(response, 429, "Retry later") : reply(response, 200, MESSAGE),
    );
    const handle = proxyTo(server, { store: await makeStore() });
    assert.equal((await handle(text("Hello", { key: "one" }))).status, 429);
    assert.equal((await handle(text("Hello", { key: "one" }))).status, 200);
    assert.equal((await handle(text("Hello", { key: "one" }))).headers.get("idempotency-replayed"), "true");
    assert.equal(server.requests.length, 2);
  });

  test(`${name}: a browser's own repetition of what was refused is not a later try`, async (t) => {
    const server = await startServer(t, ({ count }, response) =>
      count === 1 ? reply(response, 429, "Retry later") : reply(response, 200, MESSAGE),
    );
    const handle = proxyTo(server, { store: await makeStore() });
    const token = await tokenFrom(handle);
    const send = async (attempt) =>
      (await handle(text("Hello", { key: withToken("one", token, attempt) }))).status;
    assert.deepEqual(
      [await send(1), await send(1), await send(2), await send(1), await send(3)],
      [429, 429, 200, 200, 200],
    );
    assert.equal(server.requests.length, 2);
  });

  test(`${name}: a connection that never came about is told, and may be tried again`, async () => {
    const handle = proxyTo(await closedPort(), { store: await makeStore() });
    for (const _ of [1, 2]) {
      const response = await handle(text("Hello", { key: "one" }));
      assert.deepEqual([response.status, told(response)], [502, "not_connected"]);
      assert.equal(response.headers.get("idempotency-replayed"), null);
    }
  });

  test(`${name}: a key that another store was shown is not sent`, async () => {
    const stores = [await makeStore(), await makeStore()];
    const [first, second] = stores.map((store) => proxyToSandbox({ store }));
    const key = withToken("one", await tokenFrom(first.handle));
    assert.equal((await first.handle(text("Hello", { key }))).status, 200);
    const refused = await second.handle(text("Hello", { key }));
    assert.deepEqual([refused.status, told(refused)], [409, "other_store"]);
    assert.equal(second.requests.length, 0);
  });

  test(`${name}: a token that is none of its own is refused unsent`, async () => {
    const { handle, requests } = proxyToSandbox({ store: await makeStore() });
    const token = await tokenFrom(handle);
    const [start, time] = token.split(".");
    for (const other of [
      "x",
      "x.1",
      `${start}`,
      `${start}.`,
      `${start}.x`,
      `${start}.${Number(time) + 1e6}`,
      `.${time}`,
    ]) {
      const response = await handle(text("Hello", { key: withToken("one", other) }));
      assert.equal(told(response), "other_store", other);
    }
    assert.equal(requests.length, 0);
  });

  test(`${name}: a header that is no key sends nothing`, async () => {
    const { handle, requests } = proxyToSandbox({ store: await makeStore() });
    for (const key of [
      "",
      "a b",
      '"',
      '""',
      '"a',
      'a"b"',
      "x".repeat(256),
      '"a";store="x"',
      '"a";try=1',
      "é",
    ]) {
      assert.equal((await handle(text("Hello", { key }))).status, 400, key);
    }
    assert.equal(requests.length, 0);
    assert.equal((await handle(text("Hello", { key: "x".repeat(255) }))).status, 200);
  });
}
