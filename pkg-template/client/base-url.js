// `options.baseUrl`: where requests go, as an absolute address without a slash at its end.

import { describe } from "../input/fields.js";

/** The address that LiveDesk's page documents. */
export const DEFAULT_BASE_URL = "https://livedesk-api.engagelab.com";

/** In UTF-16 units; servers refuse longer request lines. */
const MOST = 8192;

/** As URL writes hosts: in small letters, IPv4 in four numbers. */
const LOOPBACK = /^((.+\.)?localhost\.?|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The rule for `baseUrl`. Its value is not repeated: a wrong one may hold a password.
 * @param {unknown} value
 * @param {string} path
 * @param {import("../input/issues.js").Issues} issues
 */
export function baseUrl(value, path, issues) {
  const text = textOf(value);
  if (text === undefined) {
    issues.add(path, "wrong_type", `must be a string or a URL; got ${describe(value)}`);
    return value;
  }
  if (text.length > MOST) {
    issues.add(path, "too_long", `is ${text.length} characters long; at most ${MOST} are taken`);
    return value;
  }
  const url = parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    const relative = origin() ? ", or with / for this page's own server" : "";
    issues.add(path, "invalid_format", `must be an address that starts with https:// or http://${relative}`);
    return value;
  }
  if (url.username || url.password) {
    issues.add(path, "invalid_format", "must not hold a user or password; give apiKey and apiSecret instead");
  }
  if (/[?#]/.test(url.href)) {
    issues.add(path, "invalid_format", "must end with its path, without ? or #");
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

/**
 * Whether what is sent there can be read on its way: without TLS to another machine than this one.
 * @param {string} address
 */
export function isClear(address) {
  try {
    const { protocol, hostname } = new URL(address);
    return protocol === "http:" && !LOOPBACK.test(hostname);
  } catch {
    // No address at all, which is an issue of its own.
    return false;
  }
}

/** @param {unknown} value */
function textOf(value) {
  try {
    return typeof value === "string" || value instanceof URL ? String(value) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Relative ones begin with a slash: `api.example.com` without https:// is a slip, no path.
 * @param {string} text
 */
function parse(text) {
  try {
    return text.startsWith("/") ? new URL(text, origin()) : new URL(text);
  } catch {
    return undefined;
  }
}

/** The page's origin, or undefined where there is no page, or one without (a local file). */
function origin() {
  try {
    const { origin } = globalThis.location;
    return origin === "null" ? undefined : origin;
  } catch {
    return undefined;
  }
}
