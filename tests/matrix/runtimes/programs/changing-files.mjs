// Files that change between fileFromPath and their sending: Node, Deno and Bun. The last line is what came of each.

import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LiveDesk } from "engagelab-livedesk";
import { fileFromPath } from "engagelab-livedesk/node";
import { tell } from "./tell.mjs";

const { Bun, Deno, process } = globalThis;
const isNode = !Bun && !Deno;
const SIZE = 4096;
/** More than the system's buffers take before the other end has read any of it. */
const LARGE_SIZE = 48 * 1024 * 1024;
const SETTLED_MS = 20_000;
/** Once the upload has begun; the server reads none of it until later. */
const MIDDLE_MS = 150;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const CHANGES = {
  truncated: (path) => fs.truncateSync(path, 100),
  emptied: (path) => fs.truncateSync(path, 0),
  grown: (path) => fs.appendFileSync(path, "more"),
  "rewritten in the same size": (path) => fs.writeFileSync(path, "b".repeat(fs.statSync(path).size)),
  deleted: (path) => fs.rmSync(path),
  "replaced by a folder": (path) => {
    fs.rmSync(path);
    fs.mkdirSync(path);
  },
};

const SOURCES = {
  fileFromPath: (path) => fileFromPath(path),
  ...(isNode && {
    "a File of openAsBlob": async (path) => new File([await fs.openAsBlob(path)], "a.bin"),
    "a Blob of openAsBlob": async (path) => ({ data: await fs.openAsBlob(path), name: "a.bin" }),
  }),
};

const crashes = [];
for (const event of ["unhandledRejection", "uncaughtException"]) {
  process?.on(event, (thrown) => crashes.push(`${event}: ${thrown?.message}`));
}

const folder = fs.mkdtempSync(join(tmpdir(), "changing-files-"));
let count = 0;

function makeFile(size, name) {
  const path = join(folder, `${name}.bin`);
  fs.writeFileSync(path, "");
  if (size > SIZE) fs.truncateSync(path, size);
  else fs.writeFileSync(path, "a".repeat(size));
  return path;
}

/** Sends to a conversation of its own, so that the server can tell them apart. */
async function send(when, source, change) {
  count += 1;
  const conversation = { before: 1000, between: 2000, middle: 3000, never: 4000 }[when] + count;
  const path = makeFile(when === "middle" ? LARGE_SIZE : SIZE, conversation);
  const file = await SOURCES[source](path);
  // A file system's clock may be coarse.
  await sleep(30);
  const touch = () => CHANGES[change]?.(path);
  const onEvent = ({ type }) => {
    if (when === "between" && type === "retry") touch();
    if (when === "middle" && type === "request") setTimeout(touch, MIDDLE_MS);
  };
  const desk = new LiveDesk({ apiKey: "k", apiSecret: "s", baseUrl: tell.origin, onEvent });
  if (when === "before") touch();
  const call = desk.sendAttachments(conversation, { attachments: [file] }, { maxRetries: 1, timeout: 8000 });
  const late = sleep(SETTLED_MS).then(() => ({ outcome: "never settled" }));
  const told = await Promise.race([
    call.then(
      () => ({ outcome: "sent" }),
      ({ name, code, outcome, message }) => ({ name, code, outcome, message }),
    ),
    late,
  ]);
  return { when, source, change, conversation, ...told };
}

const cases = Object.keys(SOURCES).flatMap((source) => [
  ["never", source],
  ...Object.keys(CHANGES).flatMap((change) => [
    ["before", source, change],
    ["between", source, change],
  ]),
]);
const results = await Promise.all(cases.map((each) => send(...each)));
if (isNode) {
  const changes = ["truncated", "deleted", "rewritten in the same size"];
  results.push(...(await Promise.all(changes.map((change) => send("middle", "fileFromPath", change)))));
}
await sleep(200);
fs.rmSync(folder, { recursive: true });
console.log(JSON.stringify({ results, crashes }));
process?.exit(0);
