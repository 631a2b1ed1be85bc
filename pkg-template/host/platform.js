// Which runtime this is, where it has to be known.

/** @import { FetchLike } from "../types/runtime.js" */

/** Node itself: others call themselves so as well. workerd names itself in its navigator. */
export function isNode() {
  const { Deno, navigator, process } = globalThis;
  const named = process?.versions?.node && !process.versions.bun && !Deno;
  return Boolean(named && navigator?.userAgent !== "Cloudflare-Workers");
}

/**
 * The global object an object was made under: a test runner's, say, has another than Node's own fetch.
 * @param {object} object
 */
export function globalOf(object) {
  try {
    const MakeFunction = object.constructor.constructor;
    return MakeFunction === Function ? globalThis : MakeFunction("return globalThis")();
  } catch {
    return globalThis;
  }
}

/** How the runtimes' own fetch reads as text: as code of the browser's, or where Node loads it from. */
const NATIVE = /^function fetch\(\) \{\s*\[native code\]\s*\}$|internal\/deps\/undici/;

const known = new WeakMap();

/**
 * Whether this is the runtime's own fetch: Sentry, OpenTelemetry, msw and others put theirs in its place, and some
 * of them also change what a function shows as its text. In doubt it is not.
 * @param {FetchLike} fetch
 */
export function isNative(fetch) {
  if (!known.has(fetch)) known.set(fetch, looksNative(fetch));
  return known.get(fetch);
}

/** @param {FetchLike} fetch */
function looksNative(fetch) {
  try {
    // Bun shows a bound function of that name as its own.
    return fetch.name === "fetch" && NATIVE.test(untouchedToString().call(fetch));
  } catch {
    return false;
  }
}

/** A new realm's, which nobody can have changed; where there is none to be had, nothing is proven by it anyway. */
function untouchedToString() {
  const vm = globalThis.process?.getBuiltinModule?.("node:vm");
  return vm.runInNewContext("Function.prototype.toString");
}
