// What upstream's webhooks tell of a message, in the shape of the API's answers.

/**
 * Of a message in an event, what is asked for; anything may stand there.
 * @typedef {object} Fields
 * @property {unknown} [id]
 * @property {unknown} [status]
 * @property {unknown} [message_type]
 * @property {unknown} [created_at]
 * @property {unknown} [conversation_id]
 * @property {unknown} [inbox_id]
 * @property {{ id?: unknown } | null} [inbox]
 * @property {{ external_error?: unknown }} [content_attributes]
 *
 * @typedef {object} Conversation
 * @property {unknown} [id]
 * @property {unknown} [display_id]
 * @property {unknown} [channel]
 * @property {Fields[]} [messages]
 *
 * @typedef {Fields & { event?: unknown, account?: unknown, conversation?: Conversation | null }} Event
 */

const EVENTS = ["message_created", "message_updated"];
/** The API's numbers for the words of an event. */
const MESSAGE_TYPES = ["incoming", "outgoing", "activity", "template"];
/** Of all other channels, a number in a reason is none of WhatsApp's; Twilio's may be. */
const OTHERS = /^Channel::(?!Whatsapp|Twilio)/;
/** In characters of JSON, and in bytes; upstream's events have some thousands. */
const MOST = 4_194_304;

/**
 * `{ event, message, conversationId, isWhatsApp }` of an event about a message; undefined of anything else.
 * @param {unknown} body
 */
export function eventIn(body) {
  try {
    return eventOf(dataOf(body));
  } catch {
    // No JSON, an object that cannot be read, one that contains itself.
    return undefined;
  }
}

/**
 * Plain data that nobody can change meanwhile.
 * @param {unknown} body
 * @returns {unknown}
 */
function dataOf(body) {
  let json = /** @type {string} */ (body);
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    if (body.byteLength > MOST) return undefined;
    json = new TextDecoder().decode(body);
  } else if (typeof body !== "string") {
    json = JSON.stringify(body);
  }
  return json.length > MOST ? undefined : JSON.parse(json);
}

/** @param {unknown} data */
function eventOf(data) {
  const { event, account, conversation, ...fields } = /** @type {Event} */ (data);
  const id = idOf(fields.id);
  if (!EVENTS.includes(/** @type {string} */ (event)) || id === undefined) return undefined;
  const shown = conversation?.messages?.find?.((message) => idOf(message?.id) === id);
  const type = MESSAGE_TYPES.indexOf(/** @type {string} */ (fields.message_type));
  const createdAt = typeof fields.created_at === "string" ? Date.parse(fields.created_at) / 1000 : Number.NaN;
  const conversationId =
    idOf(conversation?.display_id) ?? idOf(conversation?.id) ?? idOf(fields.conversation_id) ?? null;
  const message = {
    ...fields,
    id,
    conversation_id: conversationId,
    inbox_id: fields.inbox_id ?? fields.inbox?.id ?? null,
    message_type: type < 0 ? fields.message_type : type,
    created_at: Number.isNaN(createdAt) ? fields.created_at : Math.floor(createdAt),
    status: statusOf(fields) ?? statusOf(shown) ?? (reasonOf(fields) ? "failed" : "sent"),
  };
  return { event, message, conversationId, isWhatsApp: !OTHERS.test(String(conversation?.channel)) };
}

/**
 * A positive integer; beyond what a number holds exactly, its digits.
 * @param {unknown} value
 */
function idOf(value) {
  if (!/^[1-9]\d{0,18}$/.test(typeof value === "number" ? String(value) : /** @type {string} */ (value)))
    return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** @param {Fields | null | undefined} message */
function statusOf(message) {
  return typeof message?.status === "string" ? message.status : undefined;
}

/** @param {Fields} message */
function reasonOf(message) {
  return message.content_attributes?.external_error;
}
