// What the page is told. One header of the proxy's own says what became of the request, so that the page's client ends
// as if it had called LiveDesk itself: the first word is one of those below, `status` LiveDesk's where the answer has
// another one, `store` a token for the next call.
//
// answered      LiveDesk's own answer
// cut           LiveDesk answered with `status`, but the body broke off
// too_long      the same, but the body is longer than any message's
// not_connected there was no connection to LiveDesk: nothing was sent, and a later try may be
// not_sent      nothing was sent, and trying again changes nothing
// no_store      the keys could not be reached: nothing was sent for this request
// lost          the connection broke, or time ran out: it may have been stored
// running       a request with this key is under way
// forgotten     the process that sent it died: it may have been stored
// other_store   the store is not the one that the key was first shown to: it may have been stored
// refused       this proxy sent nothing
// ready         nothing was asked but for a token

/** The header. */
export const TOLD = "Livedesk-Proxy";
/** In seconds; what is under way takes longer than a moment. */
const RETRY_AFTER = "1";
/**
 * An answer of LiveDesk's own with one of these statuses would not reach the page's program: browsers act on them.
 * @param {number} status
 */
const TAKEN = (status) => (status >= 300 && status <= 399) || status === 407;
const BODILESS = [204, 205];

/**
 * What `forward` and `claim` came to.
 * @typedef {object} Result
 * @property {string} is the first word
 * @property {number} [status] LiveDesk's
 * @property {string} [type] of the body
 * @property {string} [body]
 * @property {string | undefined} [retryAfter] a header's value
 * @property {string | undefined} [requestId] a header's value
 * @property {boolean | undefined} [again] it is proven that nothing was stored
 */

/** @type {Record<string, [status: number, error: string, headers?: Record<string, string>]>} */
const OWN = {
  not_connected: [502, "LiveDesk could not be reached; nothing was sent"],
  not_sent: [502, "Nothing was sent"],
  no_store: [503, "The store of keys could not be reached; nothing was sent"],
  lost: [502, "LiveDesk did not answer; the message may have been stored"],
  running: [409, "The request with this Idempotency-Key is still under way", { "Retry-After": RETRY_AFTER }],
  forgotten: [502, "The process that sent this ended meanwhile; the message may have been stored"],
  other_store: [409, "This proxy does not know whether the message was sent; it was not sent again"],
};

/**
 * An answer of the proxy's own, by the table above if not in other words.
 * @param {string} is
 * @param {string} [sentence]
 * @param {number} [code]
 */
export function own(is, sentence, code) {
  const [status, error, headers] = OWN[is];
  return respond(is, code ?? status, JSON.stringify({ error: sentence ?? error }), headers);
}

/**
 * A refusal: nothing was sent for this request.
 * @param {number} status
 * @param {string} error
 * @param {Record<string, string>} [headers]
 */
export function refuse(status, error, headers) {
  // In the shape in which LiveDesk refuses what is invalid, so that any client knows that nothing was stored.
  const body = status === 422 ? { message: error, attributes: ["Idempotency-Key"] } : { error };
  return respond("refused", status, JSON.stringify(body), headers);
}

/**
 * What came of the request to LiveDesk, see forward.js.
 * @param {Result} result
 * @param {boolean} [isReplay]
 */
export function passOn({ is, status = 0, type = "", body, retryAfter, requestId }, isReplay) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (isReplay) headers["Idempotency-Replayed"] = "true";
  if (is in OWN) {
    const [code, error] = OWN[is];
    return respond(is, code, JSON.stringify({ error }), headers);
  }
  if (retryAfter) headers["Retry-After"] = retryAfter;
  if (requestId) headers["X-Request-Id"] = requestId;
  headers["Content-Type"] = type;
  const isWhole = is === "answered" && !TAKEN(status);
  // A program without the client must not take the beginning of an answer for one.
  if (!isWhole) return respond(`${is};status=${status}`, 502, body, headers);
  return respond(is, status, BODILESS.includes(status) ? null : body, headers);
}

/** Nothing but the token. */
export function ready() {
  return respond("ready", 204, null);
}

/**
 * @param {string} told
 * @param {number} status
 * @param {string | null | undefined} body
 * @param {Record<string, string>} [headers]
 */
function respond(told, status, body, headers) {
  return new Response(body, {
    status,
    headers: {
      "Content-Type": "application/json",
      ...headers,
      [TOLD]: told,
      // Nobody is to keep it, to take it for a page, or to run it.
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
