// `send`, `check`, `preview` and `explain`: one message from the command line. What was asked for goes to stdout, all else to
// stderr.

import { credentialsOf, refuseCredentials } from "../credentials.js";
import { Refused } from "../refused.js";
import { MESSAGE_HELP, messageOf, paramsOf, read, readJson } from "./options.js";

/** @import { Values } from "./options.js" */
/** @typedef {typeof import("../../index.js")} Package */
/** @typedef {{ code: string, message: string, severity: "error" | "warning" }} Issue */

/** By outcome. */
const EXIT_CODES = { rejected: 3, failed: 4, unknown: 5, not_sent: 6 };
const INVALID = 2;
export const COMMANDS = ["send", "check", "preview", "explain"];

/**
 * @param {string} command one of them
 * @param {string[]} args what stands behind it
 * @returns {Promise<number>} the exit code
 */
export async function runMessage(command, args) {
  try {
    refuseCredentials(args);
    const { values, positionals } = read(args);
    if (values.help) return print(MESSAGE_HELP);
    const livedesk = await import("../../index.js");
    const run = { send, check, preview, explain }[command];
    return await /** @type {NonNullable<typeof run>} */ (run)(livedesk, values, positionals);
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    return complain(`${thrown.message} (see --help)`);
  }
}

/** @param {string} text */
function print(text) {
  process.stdout.write(text);
  return 0;
}

/** @param {string} text */
function complain(text, code = INVALID) {
  process.stderr.write(`engagelab-livedesk: ${plain(text)}\n`);
  return code;
}

/** What could move a terminal's cursor is not shown. @param {string} text */
function plain(text) {
  return text.replace(/[^\P{Cc}\n\t]/gu, "?");
}

/** @param {unknown} value */
function asJson(value) {
  return print(`${JSON.stringify(value, null, 2)}\n`);
}

/**
 * @param {Package} livedesk
 * @param {Values} values
 * @param {string[]} positionals
 */
async function send(livedesk, values, positionals) {
  const [conversation, ...rest] = positionals;
  if (conversation === undefined || rest.length > 0)
    throw new Refused("send takes one conversation, such as send 141");
  const whole = await wholeOf(values);
  if (values["dry-run"]) return await check(livedesk, values, []);
  const { channel, "base-url": baseUrl, definition } = values;
  const about = { ...(baseUrl !== undefined && { baseUrl }), ...(channel !== undefined && { channel }) };
  const requestOptions = definition === undefined ? {} : { definition: readJson(definition) };
  const call = {
    text: livedesk.sendText,
    attachments: livedesk.sendAttachments,
    template: livedesk.sendTemplate,
  }[whole.kind];
  const given = /** @type {never[]} */ ([
    { ...credentialsOf(values.credentials), ...about },
    conversation,
    whole.message,
    requestOptions,
  ]);
  try {
    const sent = await /** @type {(...call: never[]) => Promise<{ id: unknown }>} */ (call)(...given);
    return values.json ? asJson(sent) : print(`Sent: message ${sent.id} in conversation ${conversation}\n`);
  } catch (thrown) {
    return failed(livedesk, thrown, Boolean(values.json));
  }
}

/**
 * @param {Package} livedesk
 * @param {unknown} thrown
 * @param {boolean} isJson
 */
function failed({ LiveDeskError, outcomeText }, thrown, isJson) {
  if (!(thrown instanceof LiveDeskError)) throw thrown;
  const { outcome, code, message } = thrown;
  if (isJson) asJson(thrown);
  else complain(`${message}\n${outcomeText(thrown)}`);
  return code === "invalid_input" ? INVALID : EXIT_CODES[outcome];
}

/** The message with its files. @param {Values} values */
async function wholeOf(values) {
  const { kind, message } = messageOf(values);
  if (kind !== "attachments") return { kind, message };
  const { fileFromPath } = await import("../../node.js");
  try {
    const attachments = await Promise.all((values.file ?? []).map((path) => fileFromPath(path)));
    return { kind, message: { ...message, attachments } };
  } catch (thrown) {
    throw new Refused(/** @type {Error} */ (thrown).message);
  }
}

/**
 * @param {Package} livedesk
 * @param {Values} values
 * @param {string[]} positionals
 */
async function check({ validate }, values, positionals) {
  if (positionals.length > 0) throw new Refused(`unexpected argument "${positionals[0]}"`);
  const { kind, message } = await wholeOf(values);
  const { channel, definition } = values;
  const options = { channel, definition: definition === undefined ? undefined : readJson(definition) };
  const issues = await validate(kind, message, /** @type {object} */ (options));
  const isWrong = issues.some(({ severity }) => severity === "error");
  if (values.json) asJson({ kind, message, issues });
  else {
    for (const issue of issues) print(lineOf(issue));
    print(isWrong ? "" : `It is fine; nothing was sent.\n${JSON.stringify(message, null, 2)}\n`);
  }
  return isWrong ? INVALID : 0;
}

/** @param {Issue} issue */
function lineOf({ severity, message, code }) {
  return plain(`${severity}: ${message} [${code}]`).concat("\n");
}

/**
 * @param {Package} livedesk
 * @param {Values} values
 * @param {string[]} positionals
 */
async function preview({ previewTemplate }, values, positionals) {
  if (positionals.length > 0) throw new Refused(`unexpected argument "${positionals[0]}"`);
  if (values.definition === undefined) throw new Refused("preview needs --definition <file>");
  const definition = /** @type {Parameters<Package["previewTemplate"]>[0]} */ (readJson(values.definition));
  const params = paramsOf({ ...namesOf(definition), ...values });
  const shown = await previewTemplate(
    definition,
    /** @type {Parameters<Package["previewTemplate"]>[1]} */ (params),
  );
  const isWrong = shown.issues.some(({ severity }) => severity === "error");
  if (values.json) asJson(shown);
  else {
    const { header, body, footer, buttons } = shown;
    const head = header && ("text" in header ? header.text : `[${header.type}]`);
    const parts = [
      head,
      body.text,
      footer?.text,
      ...buttons.map((button) => `[${/** @type {{ text?: unknown }} */ (button).text ?? ""}]`),
    ];
    print(`${plain(parts.filter(Boolean).join("\n\n"))}\n`);
    for (const issue of shown.issues) process.stderr.write(lineOf(issue));
  }
  return isWrong ? INVALID : 0;
}

/** A definition's own name and language, unless others are given. @param {unknown} definition */
function namesOf(definition) {
  const { name, language } = /** @type {{ name?: string, language?: string }} */ (Object(definition));
  return { ...(name !== undefined && { template: name }), ...(language !== undefined && { language }) };
}

/**
 * @param {Package} livedesk
 * @param {Values} values
 * @param {string[]} positionals
 */
async function explain({ explainFailure }, { channel, json }, positionals) {
  if (positionals.length === 0) throw new Refused("explain takes a code or the text of external_error");
  const failure = await explainFailure(positionals.join(" "), /** @type {object} */ ({ channel }));
  if (json) return asJson(failure);
  const code = failure.code === undefined ? "" : ` (${failure.code})`;
  return print(`${failure.class}${code}: ${plain(failure.advice)}\n`);
}
