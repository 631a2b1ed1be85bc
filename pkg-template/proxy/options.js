// What `createProxy` takes, checked at once.

import { readOptions } from "../client/options.js";
import { describe, readFields } from "../input/fields.js";
import { Issues } from "../input/issues.js";
import { any, callable, count } from "../input/rules.js";
import { memoryStore } from "./memory-store.js";

/**
 * @import { ProxyOptions, ProxyStore } from "../proxy.js"
 * @typedef {object} Settings
 * @property {ProxyOptions["allow"]} allow
 * @property {number} maxBytes
 * @property {string | undefined} prefix
 * @property {readonly string[] | undefined} origins
 * @property {ProxyStore} store
 * @property {typeof globalThis.fetch | undefined} fetch
 * @property {string} baseUrl
 * @property {string[]} account
 * @property {string | (() => unknown)} authorization
 * @property {string[]} credentials
 */

/** A file of 40 MB, the most that LiveDesk's page takes, and what stands around it. */
const MOST_BYTES = 42 * 1024 * 1024;
/** More sites than anybody lists. */
const MOST_ORIGINS = 1000;

const RULES = {
  apiKey: any,
  apiSecret: any,
  authorization: any,
  baseUrl: any,
  dangerouslyAllowHttp: any,
  fetch: any,
  allow: callable,
  prefix,
  origins,
  maxBytes: count,
  store,
};

/**
 * The options with their defaults.
 * @param {unknown} options
 * @returns {Settings}
 */
export function readProxyOptions(options) {
  const issues = new Issues();
  const given = readFields(options, "options", RULES, issues);
  if (given && !("allow" in given)) {
    issues.add("options.allow", "required", "is required: a function that says who may write where");
  }
  if (given && !["apiKey", "apiSecret", "authorization"].some((name) => name in given)) {
    issues.add(
      "options.apiKey",
      "required",
      "is required, with apiSecret; are the environment variables set?",
    );
  }
  issues.raise("Invalid options");
  const checked = /** @type {ProxyOptions & { fetch?: typeof globalThis.fetch }} */ (
    /** @type {unknown} */ (given)
  );
  const { allow, maxBytes = MOST_BYTES, ...more } = checked;
  const { apiKey, apiSecret, authorization, baseUrl, dangerouslyAllowHttp, fetch } = checked;
  const own = { apiKey, apiSecret, authorization, baseUrl, dangerouslyAllowHttp, fetch };
  const { client, authorize } = readOptions(own);
  const base = /** @type {string} */ (client.baseUrl);
  return {
    allow,
    maxBytes,
    prefix: more.prefix,
    origins: more.origins,
    store: more.store ?? memoryStore(),
    fetch,
    baseUrl: base,
    // So that an account's keys are no other's, should both be kept in one store.
    account: [base, client.apiKey ?? ""],
    authorization: authorize ?? client.authorization ?? basic(client),
    credentials: [client.apiKey ?? "", client.apiSecret ?? ""].filter(Boolean),
  };
}

/** @param {{ apiKey?: string | undefined, apiSecret?: string | undefined }} client */
function basic({ apiKey, apiSecret }) {
  const bytes = new TextEncoder().encode(`${apiKey}:${apiSecret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
function prefix(value, path, issues) {
  if (typeof value !== "string") {
    issues.add(path, "wrong_type", `must be a string; got ${describe(value)}`);
    return value;
  }
  if (value !== "" && !/^\/[^?#]*$/.test(value)) {
    issues.add(path, "invalid_format", "must be a path that begins with /, without ? or #");
  }
  return value.replace(/\/+$/, "");
}

/**
 * Compared with the Origin header, which has neither path nor slash.
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
function origins(value, path, issues) {
  if (!isList(value)) {
    issues.add(
      path,
      "wrong_type",
      `must be an array of at most ${MOST_ORIGINS} origins; got ${describe(value)}`,
    );
    return value;
  }
  return Array.from(value, (origin, index) => {
    const url = typeof origin === "string" ? parse(origin) : undefined;
    if (url?.pathname !== "/" || url.origin === "null" || url.search || url.hash || url.username) {
      issues.add(`${path}[${index}]`, "invalid_format", "must be an origin, such as https://app.example.com");
    }
    return url?.origin;
  });
}

/**
 * @param {unknown} value
 * @returns {value is unknown[]}
 */
function isList(value) {
  try {
    return Array.isArray(value) && value.length <= MOST_ORIGINS;
  } catch {
    return false;
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {Issues} issues
 */
function store(value, path, issues) {
  let fits = false;
  try {
    const { swap, token } = /** @type {Record<string, unknown>} */ (value);
    fits = typeof swap === "function" && typeof token === "function";
  } catch {
    // A getter that throws, or null.
  }
  if (!fits)
    issues.add(path, "wrong_type", `must be a store, such as memoryStore() gives; got ${describe(value)}`);
  return value;
}
