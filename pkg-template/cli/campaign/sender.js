// What the client is asked for, for one row, and what its answer means for the journal.

/** @import { Row, Message } from "./rows.js" */
/** @import { Do, Result, RowOutcome, RowState } from "./state.js" */
/**
 * @typedef {object} Desk what a campaign needs of a client
 * @property {(conversationId: string, message: Message) => Promise<Answer>} sendText
 * @property {(conversationId: string, message: Message) => Promise<Answer>} sendAttachments
 * @property {(conversationId: string, message: Message, options?: { definition?: unknown }) => Promise<Answer>} sendTemplate
 * @property {(conversationId: string, messageId: string) => Promise<Answer>} retryMessage
 */
/** @typedef {{ id: number | string, status?: string | undefined }} Answer */
/**
 * @typedef {object} Known what errors of the client have
 * @property {string | undefined} [outcome]
 * @property {string | undefined} [code]
 * @property {number | string | undefined} [messageId]
 * @property {number | undefined} [retryAfterMs]
 * @property {Failure | undefined} [failure]
 */
/**
 * @typedef {object} Failure
 * @property {string} advice
 * @property {number | string | undefined} [code]
 * @property {string | undefined} [class]
 * @property {boolean | undefined} [canRetry]
 * @property {number | undefined} [maxRetries]
 * @property {number | undefined} [retryAfterMs]
 */
/** @typedef {{ do: Do, resume?: "again" | "retry_message" | undefined, afterMs?: number | undefined, why: string }} Step */
/** @typedef {{ path: string, message: string, severity: "error" | "warning" }} MessageIssue */
/**
 * @typedef {object} Livedesk what a campaign needs of the package
 * @property {(error: Known, state: { attempts: number }) => Promise<Step>} nextStep
 * @property {(kind: string, message: Message, options: { channel?: string | undefined, definition?: unknown }) => Promise<MessageIssue[]>} validate
 * @property {(definition: unknown, params: unknown) => Promise<{ body: { text: string } | null }>} previewTemplate
 * @property {(path: string) => Promise<unknown>} fileFromPath
 * @property {(body: unknown) => Promise<Told | null>} readWebhook
 * @property {(message: string, fields: object) => Known} deliveryError
 */
/**
 * @typedef {object} Told
 * @property {{ id: number | string, status?: string | undefined }} message
 * @property {number | string | null} conversationId
 * @property {Failure | null} failure
 */
/** @typedef {{ channel?: string | undefined, definition?: unknown, text?: string | undefined }} MessageOptions */

const OUTCOMES = ["not_sent", "rejected", "failed", "unknown"];
/** In characters; what a person reads in a cell of the report. */
const LONGEST_ADVICE = 500;

/**
 * A row's message as the client takes it.
 *
 * @param {Livedesk} livedesk
 * @param {MessageOptions} options
 * @param {Row} row
 * @returns {Promise<Message>}
 */
export async function messageOf(livedesk, { definition, text }, { kind, message, path }) {
  if (kind === "attachments") return { ...message, attachments: [await livedesk.fileFromPath(path ?? "")] };
  if (kind !== "template" || definition === undefined || text !== undefined) return message;
  // What agents see is what the customer reads.
  const preview = await livedesk.previewTemplate(definition, message.template_params);
  return { ...message, content: preview.body?.text || message.content };
}

/**
 * @param {Livedesk} livedesk
 * @param {MessageOptions} options
 * @param {Row} row
 * @returns {Promise<MessageIssue[]>}
 */
export async function issuesOf(livedesk, options, row) {
  const { channel, definition } = options;
  let message;
  try {
    message = await messageOf(livedesk, options, row);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    return [
      {
        path: row.kind === "attachments" ? "the file" : "it",
        message: `cannot be read${code}`,
        severity: "error",
      },
    ];
  }
  return livedesk.validate(row.kind, message, {
    channel,
    definition: row.kind === "template" ? definition : undefined,
  });
}

/**
 * @param {Desk} desk
 * @param {Row} row
 * @param {Message} message
 * @param {unknown} definition
 */
export function send(desk, { kind, conversationId }, message, definition) {
  if (kind === "template") return desk.sendTemplate(conversationId, message, { definition });
  return kind === "text"
    ? desk.sendText(conversationId, message)
    : desk.sendAttachments(conversationId, message);
}

/**
 * @param {Answer} answer
 * @returns {Result}
 */
export function sent({ id }) {
  return { outcome: "sent", next: "done", messageId: String(id) };
}

/**
 * What a failed call means for its row.
 *
 * @param {Livedesk} livedesk
 * @param {unknown} error
 * @param {RowState} row
 * @param {boolean} isRetry whether it was a retry of a message that is there
 * @returns {Promise<{ result: Result, step: Step }>} `step` is for all rows, `result` is this one's
 */
export async function failed(livedesk, error, row, isRetry) {
  const known = /** @type {Known} */ (error ?? {});
  const { code, messageId, failure, outcome: told = "unknown" } = known;
  const outcome = /** @type {RowOutcome} */ (OUTCOMES.includes(told) ? told : "unknown");
  const isThere = isRetry || outcome === "failed";
  const step = await livedesk.nextStep(known, { attempts: isThere ? row.retries + 1 : row.attempts });
  const isForAll = ["again", "pause", "stop"].includes(step.do);
  const result = {
    outcome,
    next: step.do,
    code: failure?.code === undefined ? code : `${code} ${failure.code}`,
    advice: (failure?.advice ?? step.why).slice(0, LONGEST_ADVICE),
    until: step.afterMs === undefined ? undefined : Date.now() + step.afterMs,
    messageId: messageId === undefined ? undefined : String(messageId),
  };
  if (outcome === "unknown") {
    // Whatever a policy says: what may be there is looked for by a person.
    result.next = "look";
  } else if (isRetry && outcome !== "failed") {
    // The message is there as before; only its retry did not happen.
    result.outcome = "failed";
    if (isForAll) result.next = "retry_message";
  } else if (isThere && isForAll) {
    // What is there is never sent anew.
    result.next = step.resume === "retry_message" ? "retry_message" : "look";
  }
  return { result, step };
}
