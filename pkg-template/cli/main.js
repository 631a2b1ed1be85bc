#!/usr/bin/env node
// The command: a sandbox on a port, one message, and campaigns.

import { parseArgs } from "node:util";
import { runCampaign } from "./campaign/command.js";
import { lineOf } from "./line.js";
import { COMMANDS, runMessage } from "./message/command.js";
import { serveSandbox } from "./serve-sandbox.js";

/** @import { ServeSandboxOptions } from "../sandbox/node.js" */

const DEFAULT_PORT = 3900;
const HELP = `Usage: engagelab-livedesk sandbox [options]
       engagelab-livedesk campaign <rows.csv> [options]  (campaign --help)
       engagelab-livedesk send | check | preview | explain  (send --help)

Serves a LiveDesk in memory, for tests and demos, and prints a line for each request: time, method, path, status, and
what was stored. Nothing it is sent leaves this machine. Its page, at /__sandbox, shows requests and conversations.

Options:
  --port <n>          port to listen on (default: ${DEFAULT_PORT}, or a free one when that is taken)
  --host <name>       address to listen on (default: 127.0.0.1, this machine only)
  --hosts <a,b>       Host names it answers to beside localhost and --host (default: none)
  --api-key <key>     with --api-secret: the only credentials that pass (default: any)
  --api-secret <s>
  --latency <ms>      milliseconds before each answer (default: 0)
  --version <v>       answers like upstream's 4.12 or 4.15 (default: documented, like LiveDesk's page)
  --webhook <url>     is told of new and changed messages (default: none)
  --help              this text
`;
const OPTIONS = /** @type {const} */ ({
  port: { type: "string" },
  host: { type: "string" },
  hosts: { type: "string" },
  "api-key": { type: "string" },
  "api-secret": { type: "string" },
  latency: { type: "string" },
  version: { type: "string" },
  webhook: { type: "string" },
  help: { type: "boolean", short: "h" },
});

/** @typedef {import("../sandbox.js").SandboxOptions["version"]} Version */

/** A mistake in the command line. */
class UsageError extends Error {}

async function main() {
  if (process.argv[2] === "campaign") {
    process.exitCode = await runCampaign(process.argv.slice(3));
    return;
  }
  if (COMMANDS.includes(String(process.argv[2]))) {
    process.exitCode = await runMessage(String(process.argv[2]), process.argv.slice(3));
    return;
  }
  const { values, positionals } = readArguments();
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) {
    process.stdout.write(HELP);
    return;
  }
  if (command !== "sandbox") throw new UsageError(`unknown command "${command}"`);
  if (rest.length > 0) throw new UsageError(`unexpected argument "${rest[0]}"`);
  await runSandbox(values);
}

function readArguments() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Node adds advice on how to write a positional argument; the first sentence is the news.
    const [sentence] = /** @type {Error} */ (error).message.split(/\.\s|\n/);
    throw new UsageError(sentence.replace(/^[A-Z]/, (letter) => letter.toLowerCase()).replace(/\.$/, ""));
  }
}

/** @param {ReturnType<typeof readArguments>["values"]} values */
async function runSandbox(values) {
  const port = readNumber(values, "port", 65_535, "a whole number from 0 to 65535");
  const latency = readNumber(values, "latency", 2 ** 31 - 1, "a whole number of milliseconds");
  const { host, version, webhook, "api-key": apiKey, "api-secret": apiSecret } = values;
  if ((apiKey === undefined) !== (apiSecret === undefined)) {
    throw new UsageError("--api-key and --api-secret go together");
  }
  const hosts = values.hosts?.split(",").map((/** @type {string} */ name) => name.trim());
  // Who reads the lines may stop to, and the sandbox goes on.
  process.stdout.on("error", () => {});
  const onRequest = (/** @type {import("../sandbox.js").SandboxRequest} */ request) =>
    process.stdout.write(`${lineOf(request)}\n`);

  const server = await listen({
    apiKey,
    apiSecret,
    latency,
    version: /** @type {Version} */ (version),
    webhook,
    host,
    hosts,
    port,
    onRequest,
  });
  const credentials = apiKey === undefined ? 'apiKey: "any", apiSecret: "any"' : "apiKey, apiSecret";
  const client = `new LiveDesk({ ${credentials}, baseUrl: "${server.url}" })`;
  process.stdout.write(
    `LiveDesk sandbox on ${server.url}; use it with ${client}; see it at ${server.url}/__sandbox; Ctrl-C ends it.\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => server.close().then(() => process.exit(0)));
  }
}

/**
 * @param {ReturnType<typeof readArguments>["values"]} values
 * @param {"port" | "latency"} name
 * @param {number} most
 * @param {string} kind
 */
function readNumber(values, name, most, kind) {
  const written = values[name] ?? "0";
  if (!/^\d+$/.test(written) || Number(written) > most) throw new UsageError(`--${name} takes ${kind}`);
  return Number(written);
}

/** @param {ServeSandboxOptions} options */
async function listen(options) {
  try {
    return await serveSandbox({ ...options, port: options.port || DEFAULT_PORT });
  } catch (error) {
    // The options of a command line are its user's mistakes.
    if (error instanceof TypeError) throw new UsageError(error.message);
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EADDRINUSE" || Number(options.port) > 0)
      throw error;
    return serveSandbox(options);
  }
}

main().catch((error) => {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`engagelab-livedesk: ${error.message}${isUsage ? " (see --help)" : ""}\n`);
  process.exitCode = isUsage ? 2 : 1;
});
