// The net below a panic. Shipped Rust has none to the best of our knowledge (lints deny what could), but a
// panic inside an async export would leave its promise, and every other call's, unsettled for ever, and end a
// Node process. A panic is a trap, which surfaces where JavaScript calls into the engine; for everything that
// waits, that is in the microtask the glue queues.

import { releaseAll } from "../host/stop.js";
import { MAY_BE_STORED } from "./may-be-stored.js";
import { Rejection } from "./rejection.js";

const pending = new Set();
let restart = () => {};

/**
 * Tells how to make the next call start a new engine.
 * @param {() => void} callback
 */
export function onBreakdown(callback) {
  restart = callback;
}

/**
 * The call's own promise, which also settles when the engine breaks down.
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export function settled(promise) {
  return new Promise((/** @type {(value: T) => void} */ resolve, reject) => {
    /** @template V @param {(value: V) => void} finish @returns {(value: V) => void} */
    const settle = (finish) => (value) => {
      pending.delete(reject);
      finish(value);
    };
    pending.add(reject);
    promise.then(settle(resolve), settle(reject));
  });
}

/**
 * In place of the glue's queueMicrotask: runs waiting calls, and catches a breakdown.
 * @param {() => void} run
 */
export function guardedMicrotask(run) {
  queueMicrotask(() => {
    try {
      run();
    } catch (thrown) {
      breakDown(thrown);
    }
  });
}

/**
 * Rejects every pending call, whose messages may have gone out, and asks for a new engine.
 * @param {unknown} cause
 */
export function breakDown(cause) {
  const message = `The engine broke down; the next call starts a new one. ${MAY_BE_STORED}`;
  for (const reject of pending) {
    reject(new Rejection("LiveDeskError", { message, code: "internal_error", outcome: "unknown", cause }));
  }
  pending.clear();
  releaseAll();
  restart();
}
