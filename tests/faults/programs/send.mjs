// A call in a process of its own: `node send.mjs <address> <options as JSON>`. Its last line tells what came of it.

import { setTimeout as sleep } from "node:timers/promises";
import { clientOf } from "../../lib/package.mjs";

const [, , url, text] = process.argv;
const { authorizationMs, ...options } = JSON.parse(text);
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";

if (authorizationMs) {
  Object.assign(options, { apiKey: undefined, apiSecret: undefined });
  options.authorization = async () => {
    console.log("asked");
    await sleep(authorizationMs);
    return "Basic a2V5OnNlY3JldA==";
  };
}
const call = clientOf(url, options).sendText(141, { content: "Hello" });
console.log("begun");
const told = await call.then(
  () => ({ outcome: "sent" }),
  ({ name, code, outcome, attempts }) => ({ name, code, outcome, attempts }),
);
console.log(JSON.stringify(told));
process.exit();
