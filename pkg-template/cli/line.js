// One request in one line of a terminal, without what was said in it.

/** A path is the caller's own, and may be of any length; its query is not shown, since it can hold anything. */
const LONGEST_PATH = 120;
/** What could move a terminal's cursor is escaped in a URL's path, but for this. */
const CONTROL = /[^\x20-\x7e]/g;

/** @param {import("../sandbox.js").SandboxRequest} request one of a sandbox's `requests` */
export function lineOf({ at, method, path, answer, fault, stored, messageId }) {
  const time = new Date(at).toISOString().slice(11, 19);
  const [whole] = path.split("?");
  const shown = whole.length > LONGEST_PATH ? `${whole.slice(0, LONGEST_PATH)}...` : whole;
  const result = [answer?.status, fault].filter((part) => part !== undefined).join(" ");
  const what = stored ? `stored message ${messageId}` : "stored nothing";
  return `${time} ${method} ${shown.replace(CONTROL, "?")} ${result || "no answer"}, ${what}`;
}
