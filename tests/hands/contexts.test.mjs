// Twenty tenants at once, through one client: each request carries its own tenant's key, and each callback runs in its
// own call's async context, in every runtime that has one.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { run } from "../lib/command.mjs";
import { reply, startServer } from "../lib/servers.mjs";
import { bunProgram, denoProgram, nodeProgram } from "../matrix/lib/tools.mjs";
import { makeFolder } from "../matrix/runtimes/folder.mjs";
import { newestDate, startWorkerd } from "../matrix/runtimes/workerd.mjs";

const CALLS = 80;
const DENO = ["run", "--no-prompt", "--allow-net", "--node-modules-dir=manual", "--no-remote"];

/** Refuses every first request of a tenant for a moment; `wrong` are requests with another tenant's key. */
async function startTenants(t) {
  const seen = { wrong: [], times: new Map() };
  const server = await startServer(t, ({ path, headers, body }, response) => {
    const tenant = Number(/conversations\/(\d+)/.exec(path)[1]);
    const times = (seen.times.get(tenant) ?? 0) + 1;
    seen.times.set(tenant, times);
    const key = headers.authorization;
    const { content } = JSON.parse(body.toString());
    if (key !== `Tenant ${tenant}` || content !== `for ${tenant}`) seen.wrong.push({ tenant, key, content });
    if (times === 1) return reply(response, 429, "", { "Retry-After": "0" });
    setTimeout(() => reply(response, 200, { id: tenant, status: "sent" }), (tenant % 5) * 4);
  });
  return Object.assign(seen, { url: server.url });
}

function assertApart(seen, told) {
  assert.deepEqual(told, { wrong: [], calls: CALLS });
  assert.deepEqual(seen.wrong, []);
  assert.equal(seen.times.size, CALLS);
  for (const [tenant, times] of seen.times) assert.equal(times, 2, `tenant ${tenant}`);
}

describe("tenants at once keep apart", { concurrency: 4 }, () => {
  for (const [name, command] of [
    ...[20, 22, 24, 26].map((major) => [`Node ${major}`, () => [nodeProgram(major)]]),
    ["Bun", () => [bunProgram()]],
    ["Deno", () => [denoProgram(), ...DENO]],
  ]) {
    test(`in ${name}`, async (t) => {
      const [seen, cwd] = [await startTenants(t), await makeFolder(t)];
      const { code, output, stdout } = await run([...command(), "tenants.mjs", seen.url], { cwd });
      assert.equal(code, 0, output);
      assertApart(seen, JSON.parse(stdout));
    });
  }

  for (const flag of ["nodejs_compat", "nodejs_als"]) {
    test(`in workerd with ${flag}`, async (t) => {
      const seen = await startTenants(t);
      const worker = await startWorkerd(t, newestDate(), [flag]);
      const response = await fetch(`${worker}/tenants?origin=${seen.url}`);
      assertApart(seen, await response.json());
    });
  }
});
