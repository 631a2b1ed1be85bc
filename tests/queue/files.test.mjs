// The files of a row: what is read, and what is not, whatever a row says.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { STAGED } from "../../scripts/build/steps.mjs";
import { startServer } from "../lib/servers.mjs";

/** As the build has them: they need what it makes. */
const built = (name) => import(pathToFileURL(join(STAGED, "bullmq", name)));
const { loadFiles } = await built("files.js");
const { isPrivate } = await built("download.js");

/** A folder with a file, one beside it, and links to both. */
async function folders(t) {
  const outside = await mkdtemp(join(tmpdir(), "engagelab-livedesk-files-"));
  t.after(() => rm(outside, { recursive: true }));
  const folder = join(outside, "files");
  await mkdir(folder);
  await mkdir(join(outside, "files-beside"));
  await writeFile(join(folder, "a.txt"), "inside");
  await writeFile(join(outside, "secret.txt"), "outside");
  await writeFile(join(outside, "files-beside", "b.txt"), "outside");
  await symlink(join(folder, "a.txt"), join(folder, "to-a.txt"));
  await symlink(join(outside, "secret.txt"), join(folder, "to-secret.txt"));
  await symlink(outside, join(folder, "up"));
  return { folder, outside };
}

const load = async (file, files) => (await loadFiles({ attachments: [file] }, files)).attachments[0];
const refused = { name: "Refused" };

test("reads a file below the folder, by its own name or another", async (t) => {
  const { folder } = await folders(t);
  const file = await load("a.txt", { folder });
  assert.deepEqual([file.name, await file.text()], ["a.txt", "inside"]);
  assert.equal((await load("to-a.txt", { folder })).name, "to-a.txt");
  assert.equal((await load({ file: "a.txt", name: "b.txt" }, { folder })).name, "b.txt");
});

test("reads nothing outside of the folder", async (t) => {
  const { folder, outside } = await folders(t);
  const paths = [
    "../secret.txt",
    "to-secret.txt",
    "up/secret.txt",
    join(outside, "secret.txt"),
    ".",
    "../files-beside/b.txt",
  ];
  for (const path of paths) await assert.rejects(load(path, { folder }), refused, path);
  await assert.rejects(load("a.txt", {}), refused);
  await assert.rejects(load("a.txt", { folder, maxBytes: 5 }), refused);
  await assert.rejects(load({ name: "a.txt" }, { folder }), refused);
});

for (const address of [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "169.254.169.254",
  "172.31.255.255",
  "192.168.1.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:10.0.0.1",
  "64:ff9b::a00:1",
  "2002:a00:1::",
  "fc00::1",
  "fe80::1",
]) {
  test(`takes ${address} for private`, () => assert.equal(isPrivate(address), true));
}

for (const address of ["1.1.1.1", "172.32.0.1", "2606:4700:4700::1111"]) {
  test(`takes ${address} for public`, () => assert.equal(isPrivate(address), false));
}

test("asks no private address, whatever name it has", async (t) => {
  const { url, requests } = await startServer(t);
  const { port } = new URL(url);
  for (const host of ["127.0.0.1", "localhost", "[::1]", "2130706433"]) {
    const { hostname } = new URL(`https://${host}`);
    await assert.rejects(load(`https://${host}:${port}/a`, { hosts: [hostname] }), refused, host);
  }
  assert.equal(requests.length, 0);
});

test("asks no host that was not named, and nothing but https:", async (t) => {
  const { url, requests } = await startServer(t);
  const open = { hosts: ["localhost"], dangerouslyAllowPrivate: true };
  await assert.rejects(load(`${url}/a`, open), refused);
  await assert.rejects(load(`${url}/a`, { hosts: ["127.0.0.1"] }), refused);
  await assert.rejects(load(url.replace("//", "//a:b@"), { ...open, hosts: ["127.0.0.1"] }), refused);
  assert.equal(requests.length, 0);
});

test("takes a URL's file, but no redirect and nothing that is too large", async (t) => {
  const { url } = await startServer(t, ({ path }, response) => {
    if (path === "/to") response.writeHead(302, { Location: "/a.txt" }).end();
    else response.end("inside");
  });
  const files = { hosts: ["127.0.0.1"], dangerouslyAllowPrivate: true };
  const { data, name } = await load(`${url}/x/a%20b.txt?c=d`, files);
  assert.deepEqual([name, await data.text()], ["a b.txt", "inside"]);
  await assert.rejects(load(`${url}/to`, files), refused);
  await assert.rejects(load(`${url}/a.txt`, { ...files, maxBytes: 5 }), refused);
});
