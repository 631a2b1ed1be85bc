// The commands of docs/campaigns.md, one after the other, as somebody would type them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { run } from "../lib/command.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { inRoot } from "../lib/root.mjs";
import { startDesk } from "./campaigns.mjs";

const page = readFileSync(inRoot("docs", "campaigns.md"), "utf8");
const blocks = (language) =>
  Array.from(page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms")), ([, text]) => text);

test("every command of the page works, in its order", async (t) => {
  const folder = await makeConsumerFolder(t);
  const desk = await startDesk(t);
  await writeFile(join(folder, "rows.csv"), blocks("csv")[0]);
  // The second customer's answer breaks off once, so that there is something to look at.
  desk.script(142, [{ status: 502 }]);
  const env = { LIVEDESK_API_KEY: "key", LIVEDESK_API_SECRET: "secret" };
  const codes = [];
  const commands = blocks("sh").flatMap((text) => text.trim().split("\n"));
  for (const command of commands.filter((text) => !text.includes("campaign listen"))) {
    const reaches = command.includes("campaign look") ? "" : ` --base-url ${desk.url}`;
    const { code, output } = await run(["bash", "-c", command + reaches], { cwd: folder, env });
    codes.push([code, output]);
  }
  assert.deepEqual(
    codes.map(([code]) => code),
    [0, 5, 0, 5, 0, 0],
    JSON.stringify(codes, undefined, 1),
  );
  // The text, and the template.
  assert.deepEqual([141, 142, 143].map(desk.stored), [2, 2, 2]);
  assert.equal(desk.conversations.get(143)[0].content, 'Hi Chris "Kit" Doe, your order A-19 is on its way.');
});
