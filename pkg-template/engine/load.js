// Loads the engine inside the first call, so that importing the package never throws, waits or fetches.

import { LoadError } from "../errors.js";
import { compile } from "./compile.js";
import * as engine from "./engagelab_livedesk.js";
import { onBreakdown } from "./pending.js";

/** How browsers word it when a page's policy forbids WebAssembly. */
const POLICY = /unsafe-eval|wasm-eval|Content.Security.Policy|\bCSP\b/i;

let loading;

/** The engine, ready. A load that failed is tried again by the next call. */
export function load() {
  loading ??= start().catch((thrown) => {
    loading = undefined;
    throw loadError(thrown);
  });
  return loading;
}

async function start() {
  engine.initSync({ module: await compile() });
  onBreakdown(restart);
  return engine;
}

function restart() {
  try {
    engine.restart();
  } catch {
    // Then it is beyond that too, and the next call says so.
  }
}

function loadError(cause) {
  const isPolicy = /^(Compile|Eval)Error$/.test(cause?.name) && POLICY.test(cause.message);
  const why = isPolicy
    ? "the page's Content-Security-Policy forbids WebAssembly; add 'wasm-unsafe-eval' to its script-src"
    : String(cause?.message).replace(/\.$/, "");
  const message = `The engine could not be loaded: ${why}. Nothing was sent; the next call tries again.`;
  return new LoadError(message, { code: "load_failed", outcome: "not_sent", cause });
}
