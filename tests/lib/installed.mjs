// The packed package, installed as a user would: by npm from the tarball, into an empty folder outside of the
// repository, so that nothing of the repository can stand in for something that was not packed.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./command.mjs";
import { tarball } from "./root.mjs";

/** What a consumer's own module would import; test files get it from package.mjs. */
const CONSUMER = `
export * as livedesk from "engagelab-livedesk";
export * as files from "engagelab-livedesk/node";
export * as proxy from "engagelab-livedesk/proxy";
export * as bullmq from "engagelab-livedesk/bullmq";
export * as sandbox from "engagelab-livedesk/sandbox";
export * as sandboxOnPort from "engagelab-livedesk/sandbox/node";
`;
const PREFIX = "engagelab-livedesk-installed-";
const DAY_MS = 86_400_000;
const OFFLINE = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];

/** The folder whose node_modules holds the package; one tarball is installed once, whoever asks first. */
export async function installPackage() {
  const file = tarball();
  const digest = createHash("sha256")
    .update(await readFile(file))
    .digest("hex")
    .slice(0, 16);
  const folder = join(tmpdir(), `${PREFIX}${digest}`);
  if (existsSync(folder)) return folder;

  await removeOld();
  const fresh = await mkdtemp(join(tmpdir(), "engagelab-livedesk-installing-"));
  await writeFile(join(fresh, "package.json"), '{ "private": true, "type": "module" }\n');
  await writeFile(join(fresh, "consumer.mjs"), CONSUMER);
  const { code, output } = await run(["npm", "install", ...OFFLINE, file], {
    cwd: fresh,
    timeoutMs: 120_000,
  });
  if (code !== 0) throw new Error(`npm install of the tarball failed:\n${output}`);
  try {
    await rename(fresh, folder);
  } catch (error) {
    // Another test file was faster; its folder holds the same.
    if (!existsSync(folder)) throw error;
    await rm(fresh, { recursive: true });
  }
  return folder;
}

/** Removes what earlier builds left, but nothing that another run may be using. */
async function removeOld() {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(PREFIX) || Date.now() - (await stat(folder)).mtimeMs < DAY_MS) continue;
    await rm(folder, { recursive: true, force: true });
  }
}

/** A new folder from which the package resolves, for a test to write in; removed in the end. */
export async function makeConsumerFolder(hooks) {
  const folder = await mkdtemp(join(await installPackage(), "consumer-"));
  hooks.after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
