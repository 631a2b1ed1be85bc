// How the engine rejects a call. The error itself is made by the facade, where its stack shows who called: Rust's
// tasks run on a stack of their own.

/** @import { Told } from "../types/engine.js" */
/** @import { Call } from "../call/call.js" */

/**
 * What an error is about: an attempt, or a stop.
 * @typedef {{ extras(call: Call, authorization: string | undefined): object }} Source
 */

export class Rejection {
  #authorization;

  /**
   * The class of the error, its fields, and what the attempt saw, if it is about one.
   * @param {string} name
   * @param {Told & { cause?: unknown }} fields
   * @param {Source} [source]
   * @param {string} [authorization]
   */
  constructor(name, fields, source, authorization) {
    this.name = name;
    this.fields = fields;
    this.source = source;
    this.#authorization = authorization;
  }

  /**
   * All fields, with those that only JavaScript holds; what others wrote in them is redacted as `call` asks for.
   * @param {Call} call
   */
  all(call) {
    return { ...this.source?.extras(call, this.#authorization), ...this.fields };
  }
}

/**
 * Called from Rust; `authorization` is the header of the last attempt.
 * @param {string} name
 * @param {Told & { cause?: unknown }} fields
 * @param {Source} [source]
 * @param {string} [authorization]
 */
export function reject(name, fields, source, authorization) {
  return new Rejection(name, fields, source, authorization);
}
