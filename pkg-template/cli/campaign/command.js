// The campaign's words, credentials and signals, as the command line and the system give them.

import { parseArgs } from "node:util";
import { credentialsOf, refuseCredentials } from "../credentials.js";
import { campaign } from "./campaign.js";
import { CAMPAIGN_HELP, CAMPAIGN_OPTIONS, textOf } from "./options.js";

/** @import { Values } from "./options.js" */

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
const INTERRUPTED = 130;

/**
 * @param {string[]} args behind `campaign`
 * @returns {Promise<number>} the exit code
 */
export async function runCampaign(args) {
  const { stdout, stderr } = process;
  let parsed;
  try {
    refuseCredentials(args);
    const options = { ...CAMPAIGN_OPTIONS, help: { type: /** @type {const} */ ("boolean"), short: "h" } };
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const [sentence] = error instanceof Error ? error.message.split(/\.\s|\n/) : [""];
    stderr.write(`engagelab-livedesk campaign: ${sentence} (see --help)\n`);
    return 2;
  }
  if (parsed.values.help) {
    stdout.write(CAMPAIGN_HELP);
    return 0;
  }
  // Who reads the lines may stop to, and the campaign goes on.
  for (const stream of [stdout, stderr]) stream.on("error", () => {});
  return campaign(parsed.positionals, parsed.values, { stdout, stderr, clientOptions, onInterrupt });
}

/** @param {Values} values */
function clientOptions(values) {
  const baseUrl = textOf(values, "base-url");
  return { ...credentialsOf(textOf(values, "credentials")), ...(baseUrl === undefined ? {} : { baseUrl }) };
}

/** @param {() => void} listener */
function onInterrupt(listener) {
  let isFirst = true;
  const heard = () => {
    // Who asks twice does not want to wait; what is under way will be found without a result.
    if (!isFirst) process.exit(INTERRUPTED);
    isFirst = false;
    listener();
  };
  for (const signal of SIGNALS) process.on(signal, heard);
  return () => {
    for (const signal of SIGNALS) process.off(signal, heard);
  };
}
