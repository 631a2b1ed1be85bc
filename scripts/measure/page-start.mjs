// What a page pays until its first answer in Chromium: importing a bundled client and one call, answered by a stub at
// once. Side by side in one run; every round is a new page without a cache.

import { createServer } from "node:http";
import { build } from "esbuild";
import { findChromium, launchChromium } from "../../tests/lib/chromium.mjs";
import { ROOT } from "../build/steps.mjs";

const ROUNDS = 15;
const STUB = `const stub = async () => new Response('{"id":1,"status":"sent"}', { headers: { "Content-Type": "application/json" } });
const address = location.origin + "/api/v2/accounts/conversations/141/messages";
const message = { content: "Hello" };`;
const PROGRAMS = {
  "plain fetch": `${STUB}
export const call = async () => (await stub(address, { method: "POST", body: JSON.stringify(message) })).json();`,
  "engagelab-livedesk": `import { LiveDesk } from "./pkg/index.js";
${STUB}
export const call = () => new LiveDesk({ baseUrl: "/", fetch: stub }).sendText(141, message);`,
  ky: `import ky from "ky";
${STUB}
export const call = () => ky.create({ fetch: stub, retry: 0 }).post(address, { json: message }).json();`,
  axios: `import axios from "axios";
${STUB}
const client = axios.create({ adapter: "fetch", env: { fetch: stub, Request, Response } });
export const call = () => client.post(address, message);`,
};

if (!findChromium()) {
  console.log("no Chromium here: what a page's start costs is not measured");
  process.exit();
}

const files = new Map();
for (const [index, [, contents]] of Object.entries(PROGRAMS).entries()) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    outdir: `/${index}`,
    absWorkingDir: "/",
    format: "esm",
    platform: "browser",
  });
  for (const { path, contents } of outputFiles) files.set(path, contents);
}
const server = createServer(({ url }, response) => {
  const type = url === "/" ? "text/html" : "text/javascript";
  response.setHeader("Content-Type", type).end(url === "/" ? "<!doctype html>" : files.get(url));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await launchChromium();

async function start(index) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const times = await page.evaluate(async (index) => {
    const begun = performance.now();
    const { call } = await import(`/${index}/stdin.js`);
    const imported = performance.now();
    await call();
    return [imported - begun, performance.now() - imported];
  }, index);
  await context.close();
  return times;
}

/** What three in four starts take longer than: whatever else a machine does only adds to it. */
const quartile = (times) => times.toSorted((a, b) => a - b)[times.length >> 2];

const names = Object.keys(PROGRAMS);
const seen = names.map(() => []);
for (let round = -2; round < ROUNDS; round += 1) {
  for (const index of names.keys()) {
    const times = await start(index);
    if (round >= 0) seen[index].push(times);
  }
}
await browser.close();
server.close();
console.log(`a page in Chromium, import and first answer (lower quartile of ${ROUNDS} rounds):`);
for (const [index, name] of names.entries()) {
  const [imports, calls] = [0, 1].map((part) => quartile(seen[index].map((times) => times[part])));
  const sum = quartile(seen[index].map(([first, second]) => first + second)).toFixed(0);
  console.log(
    `  ${name.padEnd(20)} ${sum.padStart(5)} ms (import ${imports.toFixed(0)}, first call ${calls.toFixed(0)})`,
  );
}
