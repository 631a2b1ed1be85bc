// Campaigns as users run them: the installed package's own command, in a process of its own, on a folder of its own.

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importInternal, inPackage, sandbox } from "../lib/package.mjs";

const COMMAND = inPackage("cli", "main.js");
const TEXT = ["--text", "Hi {name}", "--id", "id"];

/** A new folder, removed in the end. */
export async function makeFolder(hooks) {
  const folder = await mkdtemp(join(tmpdir(), "engagelab-livedesk-campaign-"));
  hooks.after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** A sandbox on a port, in this process, so that a test sees what it stored. */
export async function startDesk(hooks, options) {
  const { serve } = await importInternal("cli/serve.js");
  const desk = sandbox.createSandbox(options);
  const { url, close } = await serve(desk.fetch);
  hooks.after(close);
  return { ...desk, url, stored: (id) => (desk.conversations.get(Number(id)) ?? []).length };
}

/** Writes `[[id, conversation, name], ...]`; resolves to the file. */
export async function writeRows(folder, rows) {
  const file = join(folder, "rows.csv");
  const lines = [["id", "conversation", "name"], ...rows].map((cells) => cells.join(","));
  await writeFile(file, `${lines.join("\r\n")}\r\n`);
  return file;
}

/** One row for each of `count` conversations. */
export function rowsOf(count, first = 1000) {
  return Array.from({ length: count }, (_, index) => [`r${index}`, first + index, `Customer ${index}`]);
}

/**
 * Starts `campaign ...`; `ended` resolves to `{ code, signal, output, stdout }`. `before` are words of a shell ahead of it.
 */
export function startCampaign(words, { before, ...options } = {}) {
  const program = [process.execPath, COMMAND, "campaign", ...words];
  const [file, ...args] =
    before === undefined ? program : ["bash", "-c", `${before}; exec "$@"`, "bash", ...program];
  const env = { ...process.env, LIVEDESK_API_KEY: "key", LIVEDESK_API_SECRET: "secret" };
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], env, ...options });
  let output = "";
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const ended = new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, output, stdout }));
  });
  return { child, ended };
}

/** To its end. */
export function runCampaign(words, options) {
  return startCampaign(words, options).ended;
}

/** The words of a campaign that sends a text to each row. */
export function textTo(desk, file, ...more) {
  return [file, ...TEXT, "--base-url", desk.url, ...more];
}

/** The report's rows as objects. */
export function reportOf(file) {
  const path = `${file}.report.csv`;
  if (!existsSync(path)) return [];
  const [header, ...lines] = readFileSync(path, "utf8").replace("\uFEFF", "").trimEnd().split("\r\n");
  const names = header.split(",");
  return lines.map((line) => {
    const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g).map((cell) => cell.replace(/,$/, ""));
    return Object.fromEntries(names.map((name, index) => [name, cells[index].replace(/^"|"$/g, "")]));
  });
}
