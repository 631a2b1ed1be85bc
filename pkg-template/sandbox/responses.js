// The shapes LiveDesk answers in. Errors come in several: that is the point of them here.

/** Thrown to end a request with a JSON error. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string | object} body a sentence, answered as `{"error": sentence}`, or the whole body
   */
  constructor(status, body) {
    super(typeof body === "string" ? body : JSON.stringify(body));
    this.status = status;
    this.body = typeof body === "string" ? { error: body } : body;
  }
}

/**
 * A JSON answer.
 * @param {number} status
 * @param {unknown} body
 */
export function json(status, body) {
  return jsonText(status, JSON.stringify(body));
}

/**
 * An answer labelled as JSON, from text or a stream that may not be it.
 * @param {number} status
 * @param {BodyInit} body
 */
export function jsonText(status, body) {
  return new Response(body, { status, headers: { "Content-Type": "application/json; charset=utf-8" } });
}

/**
 * A plain text answer.
 * @param {number} status
 * @param {string} body
 */
export function text(status, body, headers = {}) {
  return new Response(body, { status, headers: { "Content-Type": "text/plain", ...headers } });
}

/**
 * A page, as a gateway in front of the server gives it.
 * @param {number} status
 * @param {string} title
 */
export function html(status, title, headers = {}) {
  const page = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n</body>\n</html>\n`;
  return new Response(page, { status, headers: { "Content-Type": "text/html", ...headers } });
}

/** The answer to a conversation that does not exist. */
export function notFound() {
  return json(404, { error: "Resource could not be found" });
}

/**
 * What Rails says where no code of the application is reached.
 * @type {Record<number, string>}
 */
const STATUSES = { 400: "Bad Request", 404: "Not Found", 406: "Not Acceptable" };

/**
 * Thrown for what Rails refuses by itself.
 * @param {number} status
 */
export function railsRefusal(status) {
  return new Refusal(status, { status, error: STATUSES[status] });
}

/**
 * The answer in a format that upstream does not write.
 * @param {string | undefined} format
 */
export function notAcceptable(format) {
  const { status, body } = railsRefusal(406);
  if (format !== "xml") return json(status, body);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<hash>
  <status type="integer">${status}</status>
  <error>${STATUSES[status]}</error>
</hash>
`;
  return new Response(xml, { status, headers: { "Content-Type": "application/xml; charset=utf-8" } });
}

/** Thrown for a body or query that cannot be read. */
export function badRequest() {
  return railsRefusal(400);
}
