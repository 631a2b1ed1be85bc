// Loads the engine inside the first call, so that importing the package never throws, waits or fetches.

import { LoadError } from "../errors.js";

/**
 * What a call asks of the engine.
 * @typedef {Pick<typeof import("../call/calls.js"), "explainFailure" | "nextStep" | "previewTemplate" | "send" | "validate"> & { start: () => Promise<void> }} Engine
 */

/**
 * How Chromium and Firefox name the module that they could not fetch. They remember that for good (Firefox until 155),
 * so the same address under another query is what can be tried again; WebKit remembers nothing, and names nothing.
 */
const ADDRESS = /dynamically imported module: (https?:\S+)/;

/** @type {Engine | undefined} */
let engine;
let loading;
/** @type {string | undefined} */
let failed;
let tries = 0;

/**
 * Called by the engine's own module, by whichever way it comes.
 * @param {Engine} parts
 */
export function register(parts) {
  engine = parts;
}

/** The engine, ready. A load that failed is tried again by the next call. */
export function load() {
  loading ??= start().catch((thrown) => {
    loading = undefined;
    throw thrown instanceof LoadError ? thrown : loadError(thrown, whyOf(thrown));
  });
  return loading;
}

async function start() {
  if (!engine && failed) await fetchAgain();
  if (!engine) await fetchEngine();
  const ready = /** @type {Engine} */ (engine);
  await ready.start();
  return ready;
}

async function fetchEngine() {
  try {
    await import("../engine.js");
  } catch (thrown) {
    failed = ADDRESS.exec(String(/** @type {Error | undefined} */ (thrown)?.message))?.[1];
    throw thrown;
  }
}

async function fetchAgain() {
  const address = new URL(/** @type {string} */ (failed));
  tries += 1;
  address.searchParams.set("again", String(tries));
  await import(/* webpackIgnore: true */ /* @vite-ignore */ address.href);
}

/** @param {unknown} thrown */
function whyOf(thrown) {
  return "ServiceWorkerGlobalScope" in globalThis
    ? 'a service worker has to import "engagelab-livedesk/engine" too'
    : String(/** @type {Error | undefined} */ (thrown)?.message).replace(/\.$/, "");
}

/**
 * The error of every call that waited for the engine.
 * @param {unknown} cause
 * @param {string} why
 */
export function loadError(cause, why) {
  const message = `The engine could not be loaded: ${why}. Nothing was sent; the next call tries again.`;
  return new LoadError(message, { cause });
}
