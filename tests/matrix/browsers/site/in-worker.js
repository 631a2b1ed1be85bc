// The suite in the kind of worker that the page is named after.

import { ask, WORKERS } from "./workers.js";

/** A worker that is not supported may just stay silent. */
const PROBE_MS = 10_000;

const name = location.pathname.split("/").at(-2);
const { exists, start } = WORKERS[name];
const kind = name.replace("-", " ");

async function works(url, type) {
  const late = new Promise((resolve) => setTimeout(resolve, PROBE_MS));
  return "here" === (await Promise.race([ask(start, url, type).catch(() => {}), late]));
}

/** What this browser does not have, by trying. */
async function findLack() {
  if (!exists()) return `${kind}s`;
  if (await works("./probe-module.js", "module")) return undefined;
  if (await works("./probe-classic.js", "classic")) return `module ${kind}s`;
  throw new Error(`no ${kind} starts, with modules or without`);
}

const lack = await findLack();
// A service worker knows no import().
const script = name === "service-worker" ? "./worker-with-engine.js" : "./worker.js";
say(lack ? { lack } : await ask(start, script, "module"));
