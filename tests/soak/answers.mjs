// What LiveDesk, or something in front of it, answers: `[status, body, headers]`.

const JSON_TYPE = { "Content-Type": "application/json" };
const HTML_TYPE = { "Content-Type": "text/html" };
/** Of an error only the first 64 KiB are read. */
const LONG_PAGE = `<html>${"<p>Bad gateway</p>".repeat(4600)}</html>`;

const MESSAGE = {
  id: 17_629_000_001_207,
  content: "Your order is on its way.",
  conversation_id: 141,
  status: "sent",
  content_attributes: { in_reply_to: 29 },
  sender: { id: 1, name: "Ada", type: "user" },
};
const UNDELIVERED = {
  ...MESSAGE,
  status: "failed",
  content_attributes: { external_error: "131047: Re-engagement message" },
};

export const MESSAGE_SENT = [200, JSON.stringify(MESSAGE), JSON_TYPE];
export const NOT_DELIVERED = [200, JSON.stringify(UNDELIVERED), JSON_TYPE];
export const NO_MESSAGE = [200, "<html>Welcome</html>", HTML_TYPE];
export const INVALID = [422, JSON.stringify({ error: "Validation failed: Content is too long" }), JSON_TYPE];
export const BROKEN = [500, "<html><h1>500 Internal Server Error</h1></html>", HTML_TYPE];
export const BAD_GATEWAY = [502, LONG_PAGE, HTML_TYPE];
export const TRY_AT_ONCE = [429, "Retry later\n", { "Retry-After": "0" }];
export const TRY_LATER = [429, "Retry later\n", { "Retry-After": "30" }];
