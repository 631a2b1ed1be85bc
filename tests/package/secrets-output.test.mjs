// What programs print that are careless about what they print: neither credentials nor content, whatever they do.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { run } from "../lib/command.mjs";
import { makeConsumerFolder } from "../lib/installed.mjs";
import { CREDENTIALS } from "../lib/package.mjs";
import { closedPort, reply, startServer } from "../lib/servers.mjs";

const { apiKey, apiSecret } = CREDENTIALS;
const CONTENT = "Dear Lovelace, your code is Kx5519";
const SECRETS = [apiKey, apiSecret, btoa(`${apiKey}:${apiSecret}`), CONTENT, "Kx5519", "Lovelace"];

const START = `
import { inspect } from "node:util";
import { LiveDesk } from "engagelab-livedesk";
// A stack names this file, not what stands in it.
const { API_KEY: apiKey, API_SECRET: apiSecret, BASE_URL: baseUrl, CONTENT: content } = process.env;
const print = (value) => console.log(inspect(value, { showHidden: true, depth: Infinity, getters: false }));
const onEvent = (event) => { console.log(event); print(event); console.log(JSON.stringify(event)); };
const desk = new LiveDesk({ apiKey, apiSecret, baseUrl, onEvent });
const file = { data: new Blob([content]), name: content + ".txt" };
const send = () => desk.sendText(141, { content });
`;

/** [what the program does, its code, whether it ends with an error] */
const PROGRAMS = [
  ["leaves a rejection unhandled", "send();", true],
  ["leaves one of a file unhandled", "desk.sendAttachments(141, { content, attachments: [file] });", true],
  ["throws what it caught", "try { await send(); } catch (error) { throw error; }", true],
  ["wraps what it caught", "await send().catch((cause) => { throw new Error('failed', { cause }); });", true],
  ["meets many", "await Promise.any([send(), send()]);", true],
  [
    "prints what it caught",
    "const error = await send().catch((error) => error); console.log(error); console.error(error);\n" +
      "console.dir(error, { depth: null, showHidden: true }); print(error); console.table([error]);\n" +
      "console.log('%s %o %O %j', error, error, error, error); console.trace(error); console.log({ ...error });",
  ],
  [
    "prints a call under way",
    "const call = send(); print(call); console.log(call); await call.catch(() => {});",
  ],
];

/** The same of programs that send nothing. */
const SILENT_PROGRAMS = [
  ["leaves one of bad input unhandled", "desk.sendText(content, { content, text: content });", true],
  [
    "prints the client",
    "print(desk); console.log(desk, JSON.stringify(desk), structuredClone(desk), Object.entries(desk));\n" +
      "console.log('%s %o %O %j', desk, desk, desk, desk); console.table(desk); console.dir(desk);",
  ],
  [
    "builds a client of bad options",
    "new LiveDesk({ apiKey: apiKey + ':' + apiSecret, apiSecret: apiSecret + '\\n' });",
    true,
  ],
];

/** Servers as careless as the programs, and one that is not there. */
const SERVERS = {
  "echoes the request in a 422": (request, response) => reply(response, 422, { error: echo(request) }),
  "echoes it in an HTML 500": (request, response) => reply(response, 500, `<p>${echo(request)}</p>`),
  "echoes it in a 200 that is no message": (request, response) => reply(response, 200, echo(request)),
  "echoes it in a failed message": (request, response) => {
    const content_attributes = { external_error: "131026: not delivered", note: echo(request) };
    reply(response, 200, { id: 1, status: "failed", content: echo(request), content_attributes });
  },
  "echoes it in headers": (_, response) => reply(response, 302, "", { Location: "/x", "X-Key": apiKey }),
  "hangs up": (_, response) => response.destroy(),
};

function echo({ headers, body }) {
  return `${headers.authorization} ${body}`;
}

async function output(t, code, baseUrl) {
  const program = join(await makeConsumerFolder(t), "program.mjs");
  await writeFile(program, START + code);
  const env = { API_KEY: apiKey, API_SECRET: apiSecret, BASE_URL: baseUrl, CONTENT };
  return run([process.execPath, program], { env });
}

function assertSilent(text) {
  for (const secret of SECRETS) {
    const line = text.split("\n").find((line) => line.includes(secret));
    assert.equal(line, undefined, `printed ${secret}: ${line?.trim()}`);
  }
}

for (const [serves, respond] of Object.entries(SERVERS)) {
  test(`programs print no secret when the server ${serves}`, async (t) => {
    const { url } = await startServer(t, respond);
    for (const [does, code, ends = false] of PROGRAMS) {
      await t.test(`a program that ${does}`, async (t) => {
        const { code: exit, output: text } = await output(t, code, url);
        assert.equal(exit, ends ? 1 : 0, text);
        assert.notEqual(text.trim(), "");
        assertSilent(text);
      });
    }
  });
}

for (const [does, code, ends = false] of SILENT_PROGRAMS) {
  test(`a program that ${does} prints no secret`, async (t) => {
    const { code: exit, output: text } = await output(t, code, "https://livedesk.invalid");
    assert.equal(exit, ends ? 1 : 0, text);
    assertSilent(text);
  });
}

test("programs print no secret when nobody answers", async (t) => {
  const { code, output: text } = await output(t, "await send();", await closedPort());
  assert.equal(code, 1);
  assert.match(text, /ConnectionError/);
  assertSilent(text);
});
