// Which of the documented calls a request is, by its address; everything else is not forwarded.

/** @typedef {{ path: string, conversationId: number | string, messageId?: number | string }} Route */

/** Without a zero in front: LiveDesk reads 0141 as 141, `allow` does not. */
const ID = "([1-9]\\d{0,18})";
const CALL = new RegExp(`^(.*)(/api/v2/accounts/conversations/${ID}/messages(?:/${ID}/retry)?)$`);

/**
 * `{ path, conversationId, messageId? }`, or undefined; `prefix` is what stands in front of LiveDesk's own path.
 * @param {string} url
 * @param {string | undefined} prefix
 * @returns {Route | undefined}
 */
export function routeOf(url, prefix) {
  // Only the path goes on: LiveDesk takes fields from a query, too.
  const [, before, path, conversation, message] = CALL.exec(new URL(url).pathname) ?? [];
  if (path === undefined || (prefix !== undefined && before !== prefix)) return undefined;
  /** @type {Route} */
  const route = { path, conversationId: numberOf(conversation) };
  if (message !== undefined) route.messageId = numberOf(message);
  return route;
}

/**
 * A number where that is exact.
 * @param {string} digits
 */
function numberOf(digits) {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}
