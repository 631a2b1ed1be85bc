// What `new LiveDesk` takes, checked at once: the constructor is synchronous, and the engine loads later.

import { isBrowser } from "../host/page.js";
import { describe, readFields } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { callable, channel, flag, milliseconds, perSecond, retries } from "../input/rules.js";
import { baseUrl, DEFAULT_BASE_URL, isClear } from "./base-url.js";

/** @import { Gate } from "../call/gate.js" */
/** @import { Rule } from "../input/rules.js" */
/** @import { LiveDeskOptions } from "../types/options.js" */

/** In UTF-16 units; servers refuse a header of half as much. */
const MOST_CREDENTIAL = 16_384;
const CONTROL_CHARACTER = /\p{Cc}/u;
/** What fetch refuses in a header's value. */
const BEYOND_LATIN_1 = /[^\0-\xff]/;
/** `key:secret`: neither a scheme's name nor base64 has a colon (RFC 9110, 7617). */
const PAIR = /^(basic +)?[^\s:]*:/i;
const CREDENTIALS = ["apiKey", "apiSecret", "authorization"];

/**
 * The options as they were read: all that is given, and checked.
 * @typedef {Omit<LiveDeskOptions, "baseUrl"> & { baseUrl?: string }} Checked
 */

/** @import { Backend } from "../call/proxied.js" */

/** What a call needs of its client. @typedef {ReturnType<typeof readOptions> & { gate?: Gate; text?: string; backend?: Backend }} Settings */

/** @type {Record<keyof LiveDeskOptions, Rule>} */
const RULES = {
  /**
   * @param {unknown} value
   * @param {string} path
   * @param {Issues} issues
   */
  apiKey(value, path, issues) {
    if (credential(value, path, issues) && /** @type {string} */ (value).includes(":")) {
      issues.add(path, "invalid_format", "must not have a colon; is it a key and secret in one?");
    }
    return value;
  },
  /**
   * @param {unknown} value
   * @param {string} path
   * @param {Issues} issues
   */
  apiSecret(value, path, issues) {
    credential(value, path, issues);
    return value;
  },
  /**
   * @param {unknown} value
   * @param {string} path
   * @param {Issues} issues
   */
  authorization(value, path, issues) {
    if (typeof value === "function") return value;
    if (!credential(value, path, issues, "a string or a function")) return value;
    if (BEYOND_LATIN_1.test(/** @type {string} */ (value))) {
      issues.add(path, "invalid_format", "has a character that no header can carry");
    } else if (PAIR.test(/** @type {string} */ (value))) {
      issues.add(
        path,
        "invalid_format",
        "looks like a key and secret as they are; give apiKey and apiSecret",
      );
    }
    return value;
  },
  baseUrl,
  proxy: flag,
  timeout: milliseconds,
  totalTimeout: milliseconds,
  maxRetries: retries,
  requestsPerSecond: perSecond,
  fetch: callable,
  channel,
  onEvent: callable,
  dangerouslyAllowBrowser: flag,
  dangerouslyAllowHttp: flag,
};

/**
 * The options with their defaults, as a call needs them: `text` for the engine, the functions, and `secrets` that no error repeats.
 * @param {unknown} options
 */
export function readOptions(options) {
  const issues = new Issues();
  const given = /** @type {Checked} */ (readFields(options, "options", RULES, issues));
  if (given) {
    checkCredentials(given, options, issues);
    checkBrowser(given, issues);
    checkClear(given, issues);
    checkProxy(given, issues);
  }
  issues.raise("Invalid options");
  const { fetch, onEvent, authorization } = given;
  /** @type {import("../types/engine.js").Client} */
  const client = {
    baseUrl: given.baseUrl ?? DEFAULT_BASE_URL,
    apiKey: given.apiKey,
    apiSecret: given.apiSecret,
    authorization: typeof authorization === "string" ? authorization : undefined,
    channel: given.channel,
    timeout: given.timeout ?? 30_000,
    totalTimeout: given.totalTimeout ?? 120_000,
    maxRetries: given.maxRetries ?? 2,
  };
  return {
    client,
    fetch,
    onEvent,
    authorize: typeof authorization === "function" ? authorization : undefined,
    secrets: [given.apiKey, given.apiSecret],
    requestsPerSecond: given.requestsPerSecond,
    isProxied: given.proxy === true,
    /** How many this client has begun. */
    calls: 0,
  };
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
function credential(value, path, issues, wanted = "a string") {
  if (typeof value !== "string") {
    issues.add(path, "wrong_type", `must be ${wanted}; got ${describe(value)}`);
  } else if (value.length > MOST_CREDENTIAL) {
    issues.add(path, "too_long", `is ${value.length} characters long; at most ${MOST_CREDENTIAL} are taken`);
  } else if (value.trim() === "") {
    issues.add(path, "blank", "is blank");
  } else if (CONTROL_CHARACTER.test(value)) {
    issues.add(path, "invalid_format", "has a line break or another control character");
  } else if (value.trim() !== value) {
    issues.add(path, "invalid_format", "has blanks around it: was it copied with them?");
  } else {
    return true;
  }
  return false;
}

/**
 * @param {Checked} given
 * @param {unknown} options
 * @param {Issues} issues
 */
function checkCredentials(given, options, issues) {
  const [key, secret, other] = CREDENTIALS.map((name) => name in given);
  const empty = CREDENTIALS.filter((name) => !(name in given) && has(options, name));
  if (other && (key || secret)) {
    issues.add(
      "options.authorization",
      "conflict",
      "takes the place of apiKey and apiSecret; give one or the other",
    );
  } else if (key !== secret) {
    const [missing, there] = key ? ["apiSecret", "apiKey"] : ["apiKey", "apiSecret"];
    const hint = empty.includes(missing) ? "; got undefined: is its environment variable set?" : "";
    issues.add(`options.${missing}`, "required", `is required with ${there}${hint}`);
  } else if (!(key || other || "baseUrl" in given) && empty.length > 0) {
    const [first, ...others] = empty;
    const more = others.map((name) => `and ${name} `).join("");
    const question = more
      ? "are undefined: are the environment variables"
      : "is undefined: is the environment variable";
    issues.add(`options.${first}`, "required", `${more}${question} set?`);
  } else if (!(key || other || "baseUrl" in given)) {
    issues.add(
      "options.baseUrl",
      "required",
      "is required without apiKey and apiSecret: the address of a backend of yours that adds them",
    );
  }
}

/**
 * Given, if only as undefined.
 * @param {unknown} options
 * @param {string} name
 */
function has(options, name) {
  try {
    return name in /** @type {object} */ (options);
  } catch {
    return false;
  }
}

/**
 * @param {Checked} given
 * @param {Issues} issues
 */
function checkClear(given, issues) {
  if (!CREDENTIALS.some((name) => name in given) || given.dangerouslyAllowHttp === true) return;
  if (!isClear(/** @type {string} */ (given.baseUrl))) return;
  issues.add(
    "options.dangerouslyAllowHttp",
    "credentials_over_http",
    "is not set, and everybody on the way could read the credentials; give an https: address, or set this, as between containers",
  );
}

/**
 * @param {Checked} given
 * @param {Issues} issues
 */
function checkProxy(given, issues) {
  if (given.proxy !== true || ("baseUrl" in given && !("apiKey" in given))) return;
  const problem =
    "is for a backend at baseUrl that adds the credentials; give baseUrl, without apiKey and apiSecret";
  issues.add("options.proxy", "conflict", problem);
}

/**
 * @param {Checked} given
 * @param {Issues} issues
 */
function checkBrowser(given, issues) {
  const exposed = "apiSecret" in given || typeof given.authorization === "string";
  if (!exposed || given.dangerouslyAllowBrowser === true || !isBrowser()) return;
  issues.add(
    "options.dangerouslyAllowBrowser",
    "credentials_in_browser",
    "is not set, and every visitor could read the credentials; give baseUrl alone, the address of a backend of yours that adds them",
  );
}
