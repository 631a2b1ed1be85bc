// One message, in whatever realm imports this: what became of it, and what reached the server.

import { CREDENTIALS } from "/conformance/context.mjs";
import * as installed from "/package/index.js";

/** By the package as it is installed, or under another address of it. */
export async function send({ sendText } = installed) {
  const key = Math.random().toString(36).slice(2);
  const baseUrl = `${location.origin}/run/${key}/sandbox`;
  const options = { ...CREDENTIALS, baseUrl, dangerouslyAllowBrowser: true };
  const ending = await sendText(options, 141, { content: "Hello" }).catch((error) => error);
  const seen = await (await fetch(`${location.origin}/stored?key=${key}`)).json();
  const { name, code, outcome, message, status } = ending;
  return { name, code, outcome, message, status, requests: seen.requests.length };
}
