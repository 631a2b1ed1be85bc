// The command line of one message, read.

import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { Refused } from "../refused.js";

/** For `parseArgs` of node:util. */
export const MESSAGE_OPTIONS = /** @type {const} */ ({
  text: { type: "string" },
  file: { type: "string", multiple: true },
  template: { type: "string" },
  language: { type: "string" },
  category: { type: "string" },
  param: { type: "string", multiple: true },
  params: { type: "string" },
  definition: { type: "string" },
  private: { type: "boolean" },
  channel: { type: "string" },
  "base-url": { type: "string" },
  credentials: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
});

export const MESSAGE_HELP = `Usage: engagelab-livedesk send <conversation> [options]  sends one message
       engagelab-livedesk check [options]                what is wrong with it, sending nothing
       engagelab-livedesk preview [options]              a template as the customer will read it
       engagelab-livedesk explain <reason> [options]     why a delivery failed: a code such as 131047, or external_error

The message:
  --text <text>         its content
  --private             a note that only agents see
  --file <path>         a file; may be given several times
  --template <name>     a WhatsApp template, with --language <l>, --category <c>
  --param <1=Ada>       a parameter of its body; may be given several times
  --params <file>       all of its template_params as JSON instead
  --definition <file>   the template's definition as JSON, to check and preview it by
  --channel <name>      checks against this channel's limits (default: none)

How:
  --dry-run             checks it, shows it, and sends nothing
  --base-url <url>      LiveDesk's address, or a sandbox's (default: LiveDesk's own)
  --credentials <file>  of JSON { apiKey, apiSecret } that only you may read (default: LIVEDESK_API_KEY and
                        LIVEDESK_API_SECRET of the environment)
  --json                what is printed as JSON

Exit codes: 0 sent or fine, 2 invalid input, 3 rejected, 4 failed, 5 unknown, 6 not sent.
`;

/** In bytes; a definition has some thousands. */
const LARGEST_JSON = 4_194_304;

/** @typedef {ReturnType<typeof read>["values"]} Values */

/** @param {string[]} args */
export function read(args) {
  try {
    return parseArgs({ args, options: MESSAGE_OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Refused(String(/** @type {Error} */ (error).message.split(/\.\s|\n/)[0]));
  }
}

/**
 * The kind of message and the message, without its files.
 * @param {Values} values
 * @returns {{ kind: "text" | "attachments" | "template", message: Record<string, unknown> }}
 */
export function messageOf(values) {
  const { text, file, template, params } = values;
  const isTemplate = template !== undefined || params !== undefined;
  if (isTemplate && file) throw new Refused("--file and a template do not go together");
  if (!isTemplate && (values.param || values.language || values.category))
    throw new Refused("--param, --language and --category go with --template");
  const isPrivate = values.private === undefined ? {} : { private: values.private };
  if (isTemplate) {
    const template_params = paramsOf(values);
    const name = /** @type {{ name?: unknown }} */ (template_params).name;
    return {
      kind: "template",
      message: { content: text ?? String(name ?? ""), template_params, ...isPrivate },
    };
  }
  if (text === undefined && !file) throw new Refused("say what: --text, --file or --template");
  const content = text === undefined ? {} : { content: text };
  return { kind: file ? "attachments" : "text", message: { ...content, ...isPrivate } };
}

/** @param {Partial<Values>} values */
export function paramsOf({ template, language, category, param = [], params }) {
  if (params !== undefined) {
    if (template !== undefined || param.length > 0)
      throw new Refused("--params is instead of --template and --param");
    return Object(readJson(params));
  }
  const pairs = param.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1) throw new Refused("--param takes a name and a value, such as 1=Ada");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const body = pairs.length > 0 ? { processed_params: Object.fromEntries(pairs) } : {};
  return { name: template, language, ...(category !== undefined && { category }), ...body };
}

/**
 * @param {string} file
 * @returns {unknown}
 */
export function readJson(file) {
  try {
    const stats = statSync(file);
    if (stats.isFile() && stats.size <= LARGEST_JSON) return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // Said below.
  }
  throw new Refused(`${file} cannot be read, or is no JSON`);
}
