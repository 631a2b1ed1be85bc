// Sends what was let in: once, if it has a key.

import { own, passOn, refuse } from "./answer.js";
import { Claim } from "./claim.js";
import { digestOf } from "./digest.js";
import { forward } from "./forward.js";
import { Secrets } from "./secrets.js";

/**
 * @import { Result } from "./answer.js"
 * @import { Verdict } from "./claim.js"
 * @import { Form } from "./body.js"
 * @import { Body } from "./create.js"
 * @import { Key } from "./key.js"
 * @import { Settings } from "./options.js"
 */

const OTHER_BODY = "This Idempotency-Key came with another message before";
const TOO_LARGE_AGAIN = "The message is too large";
const BROKEN = "The body broke off";
const TOO_LARGE = "The message is too large; its beginning had been passed on";

/** What every fetch takes for a header's value. */
const HEADER_VALUE = /^[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/;

/** One request's way to LiveDesk. */
export class Delivery {
  #settings;
  /** Whether anything may have left. */
  hasBegun = false;

  /** @param {Settings} settings */
  constructor(settings) {
    this.#settings = settings;
  }

  /**
   * Without a key: as often as it is asked.
   * @param {string} path
   * @param {Body} body
   */
  async send(path, body) {
    return answerTo(await this.#forward(path, body), body.form);
  }

  /**
   * With a key; see docs/decisions/idempotency.md.
   * @param {string} path
   * @param {Body} body
   * @param {{ key: Key, fingerprint: string | undefined, scope: string[] }} about
   */
  async sendOnce(path, body, { key, fingerprint, scope }) {
    const { account, store } = this.#settings;
    const { form } = body;
    const claim = new Claim(store, await digestOf(...account, ...scope, key.name), key);
    let verdict;
    try {
      verdict = await claim.begin(fingerprint);
    } catch {
      await form?.leave();
      return own("no_store");
    }
    if (verdict.is === "mine") {
      try {
        const result = await this.#forward(path, body);
        await claim.end(fingerprint ?? (await form?.fingerprint()), kept(result), result.again);
        return answerTo(result, form);
      } finally {
        claim.leave();
      }
    }
    if (verdict.is === "done") return await replay(verdict, form);
    await form?.leave();
    return verdict.is === "other_body" ? refuse(422, OTHER_BODY) : own(verdict.is);
  }

  /**
   * @param {string} path
   * @param {Body} body
   * @returns {Promise<Result>}
   */
  async #forward(path, { bytes, form, type }) {
    const { authorization, baseUrl, credentials, fetch } = this.#settings;
    let header;
    try {
      header = typeof authorization === "function" ? await authorization() : authorization;
      if (typeof header !== "string" || !HEADER_VALUE.test(header)) throw new TypeError("no header");
    } catch {
      return { is: "not_sent", again: true };
    }
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json", Authorization: header };
    if (type) headers["Content-Type"] = type;
    if (form?.expected !== undefined) headers["Content-Length"] = String(form.expected);
    const secrets = new Secrets([header, ...credentials]);
    this.hasBegun = true;
    return forward({ fetch, url: `${baseUrl}${path}`, headers, form, bytes, secrets });
  }
}

/** @param {Result} result */
function kept({ again: _, ...result }) {
  return result;
}

/**
 * A form that is found out to be too large on its way has left in part.
 * @param {Result} result
 * @param {Form | undefined} form
 */
function answerTo(result, form) {
  return form?.isTooLarge && result.is === "lost" ? own("lost", TOO_LARGE, 413) : passOn(result);
}

/**
 * The kept answer, to who sends the same.
 * @param {Verdict} verdict
 * @param {Form | undefined} form
 */
async function replay({ answer, fingerprint }, form) {
  if (form) {
    try {
      await form.drain();
    } catch {
      return form.isTooLarge ? refuse(413, TOO_LARGE_AGAIN) : refuse(400, BROKEN);
    }
    if (fingerprint && fingerprint !== (await form.fingerprint())) return refuse(422, OTHER_BODY);
  }
  // What is done has one.
  return passOn(/** @type {Result} */ (answer), true);
}
