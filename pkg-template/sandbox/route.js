// Which address means what, as Rails routes it.

import { castInteger } from "./ruby.js";

const ROUTE =
  /^\/api\/v2\/accounts\/conversations\/([^/.?]+)\/messages(?:\/([^/.?]+)\/retry)?(?:\.([^/.?]+))?\/?$/;

/**
 * The parts of the path, or undefined: a wrong method is a wrong path. Segments are decoded.
 *
 * @param {string} method
 * @param {string} url
 * @returns {{ conversation: string, message?: string, format?: string } | undefined}
 */
export function findRoute(method, url) {
  const match = method === "POST" && ROUTE.exec(new URL(url).pathname.replace(/\/{2,}/g, "/"));
  if (!match) return undefined;
  const [conversation, message, format] = match.slice(1).map((part) => part && decoded(part));
  return { conversation, message, format };
}

/**
 * Every positive integer that a number can hold exactly names a conversation; "141abc" is 141 to Ruby.
 * @param {string} written
 */
export function readConversationId(written) {
  const id = castInteger(written);
  return id > 0 && Number.isSafeInteger(id) ? id : undefined;
}

/** @param {string} segment */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
