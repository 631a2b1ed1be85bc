// The samples of docs/queues.md, one after the other, as one campaign.

import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { run } from "../lib/command.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { CREDENTIALS } from "../lib/package.mjs";
import { readSamples } from "../lib/readme.mjs";
import { startRedis } from "../lib/redis.mjs";
import { inRoot } from "../lib/root.mjs";
import { startSandbox } from "../lib/servers.mjs";
import { program, skip } from "./campaign.mjs";

const { samples } = readSamples("docs/queues.md");
const preload = pathToFileURL(inRoot("tests", "lib", "to-sandbox.mjs")).href;
const PRINTED = ["2 new rows\n", "", "ada sent\nbob sent\n"];

test("the samples of docs/queues.md fill a queue, work on it, and report", { skip }, async (t) => {
  const redis = await startRedis(t, program);
  const sandbox = await startSandbox(t, CREDENTIALS);
  const folder = await makeConsumerFolder(t);
  await mkdir(join(folder, "node_modules"));
  await symlink(inRoot("node_modules", "bullmq"), join(folder, "node_modules", "bullmq"));
  const env = {
    LIVEDESK_API_KEY: CREDENTIALS.apiKey,
    LIVEDESK_API_SECRET: CREDENTIALS.apiSecret,
    SANDBOX_URL: sandbox.url,
    REDIS_URL: redis.url,
  };
  assert.equal(samples.length, PRINTED.length);
  for (const [index, { code }] of samples.entries()) {
    const sample = join(folder, "sample.mjs");
    await writeFile(sample, code);
    const words = [process.execPath, "--import", preload, sample];
    const { code: exit, output } = await run(words, { cwd: folder, env, timeoutMs: 30_000 });
    assert.equal(output, PRINTED[index]);
    assert.equal(exit, 0);
  }
  assert.equal(sandbox.messages(141).length, 1);
});
