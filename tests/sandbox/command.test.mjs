import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { basic, post } from "./helpers.mjs";

const CLI = fileURLToPath(new URL("../../pkg-template/cli/main.js", import.meta.url));

describe("the command", () => {
  function run(...args) {
    const child = spawn(process.execPath, [CLI, ...args]);
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
      child[name].setEncoding("utf8").on("data", (text) => {
        output[name] += text;
      });
    }
    const ended = once(child, "close").then(([code]) => ({ code, ...output }));
    return { child, output, ended };
  }

  async function started(t, ...args) {
    const command = run("sandbox", ...args);
    t.after(() => command.child.kill("SIGKILL"));
    while (!command.output.stdout.includes("\n")) {
      const event = await Promise.race([once(command.child.stdout, "data"), command.ended]);
      assert.ok(Array.isArray(event), JSON.stringify(event));
    }
    const [url] = /http:\/\/[^\s;"]+/.exec(command.output.stdout);
    return { ...command, url };
  }

  test("answers like the version of upstream's that is asked for, and names those there are for another", async (t) => {
    const { url } = await started(t, "--version", "4.15");
    const content_attributes = { in_reply_to: 1 };
    const send = (base, body) => post(141, body, { fetch, base }).then((response) => response.json());
    await send(url, { content: "first" });
    const newest = await send(url, { content: "a", content_attributes });
    assert.ok("in_reply_to_external_id" in newest.content_attributes, JSON.stringify(newest));
    const { code, stderr } = await run("sandbox", "--version", "5").ended;
    assert.equal(code, 2);
    assert.match(stderr, /version.*4\.12.*4\.15/);
  });

  test("serves a sandbox, says how to use it in one line, a line for each request, and ends with Ctrl-C", async (t) => {
    const { child, ended, url, output } = await started(t);
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await post(141, { content: "a" }, { fetch, base: url });
    assert.equal(response.status, 200);
    const { id } = await response.json();
    await fetch(`${url}/elsewhere?content=hidden`);
    child.kill("SIGINT");
    assert.deepEqual(await ended, { code: 0, stdout: output.stdout, stderr: "" });
    const [first, ...lines] = output.stdout.trim().split("\n");
    assert.deepEqual(
      lines.map((line) => line.replace(/^\d\d:\d\d:\d\d /, "")),
      [
        `POST /api/v2/accounts/conversations/141/messages 200, stored message ${id}`,
        "GET /elsewhere 404, stored nothing",
      ],
    );
    assert.match(first, new RegExp(`new LiveDesk\\(\\{ .*baseUrl: "${url}" \\}\\)`));
  });

  test("ends with Ctrl-C while a request is under way", async (t) => {
    const { child, ended, url } = await started(t);
    const work = assert.rejects(post(900999, { content: "a" }, { fetch, base: url }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    child.kill("SIGINT");
    await work;
    assert.equal((await ended).code, 0);
  });

  test("takes a free port when its own is taken, but not instead of one that was asked for", async (t) => {
    const first = await started(t, "--port", "0");
    const second = await started(t);
    assert.notEqual(first.url, second.url);
    const third = await run("sandbox", "--port", new URL(first.url).port).ended;
    assert.equal(third.code, 1);
    assert.match(third.stderr, /^engagelab-livedesk: .*in use.*\n$/);
  });

  test("takes a host, credentials and a latency, and keeps the credentials to itself", async (t) => {
    const args = ["--host", "localhost", "--api-key", "k", "--api-secret", "hidden", "--latency", "80"];
    const { url, output } = await started(t, ...args);
    assert.doesNotMatch(output.stdout, /hidden/);
    assert.match(url, /^http:\/\/localhost:/);
    const start = performance.now();
    const options = { fetch, base: url };
    assert.equal((await post(141, { content: "a" }, options)).status, 401);
    assert.ok(performance.now() - start >= 75);
    const headers = { Authorization: basic("k:hidden") };
    assert.equal((await post(141, { content: "a" }, { ...options, headers })).status, 200);
  });

  test("explains itself", async () => {
    for (const args of [[], ["--help"], ["sandbox", "-h"]]) {
      const { code, stdout } = await run(...args).ended;
      assert.equal(code, 0);
      assert.match(stdout, /^Usage: engagelab-livedesk sandbox/);
    }
  });

  for (const args of [
    ["sandbx"],
    ["sandbox", "more"],
    ["sandbox", "--prot", "1"],
    ["sandbox", "--port"],
    ["sandbox", "--port", "--host"],
    ["sandbox", "--port", "many"],
    ["sandbox", "--port", "65536"],
    ["sandbox", "--latency", "-1"],
    ["sandbox", "--latency=1s"],
    ["sandbox", "--api-key", "k"],
  ]) {
    test(`refuses "${args.join(" ")}" in one sentence`, async () => {
      const { code, stdout, stderr } = await run(...args).ended;
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /^engagelab-livedesk: [^\n]+ \(see --help\)\n$/);
    });
  }
});
