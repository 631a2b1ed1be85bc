// What the journal's lines say of each row. Pure: the same lines always say the same.

/**
 * @typedef {"done" | "again" | "pause" | "retry_message" | "look" | "drop" | "stop"} Do what comes next, as `nextStep`
 *   says it
 * @typedef {"sent" | "not_sent" | "rejected" | "failed" | "unknown"} RowOutcome
 */
/**
 * @typedef {object} RowState
 * @property {string} id
 * @property {number} row as a spreadsheet numbers it, when the campaign began
 * @property {string} conversationId
 * @property {string} print
 * @property {number} attempts requests begun, of a new message
 * @property {number} retries requests begun, of a retry
 * @property {boolean} marked a request has begun, and its result is not known yet
 * @property {number | undefined} [at] when it began, in milliseconds since 1970
 * @property {RowOutcome | undefined} [outcome]
 * @property {Do | undefined} [next]
 * @property {number | undefined} [until] not before
 * @property {string | undefined} [messageId]
 * @property {string | undefined} [code]
 * @property {string | undefined} [advice]
 * @property {string | undefined} [told] the status that a webhook told last
 * @property {"sent" | "missing" | "drop" | undefined} [looked] what a person found
 */
/** @typedef {{ id: string, row: number, conversationId: string, print: string }} Plan */
/**
 * @typedef {object} Result
 * @property {RowOutcome} outcome
 * @property {Do} next
 * @property {number | undefined} [until]
 * @property {string | undefined} [messageId]
 * @property {string | undefined} [code]
 * @property {string | undefined} [advice]
 */
/**
 * @typedef {{ plan: Plan }
 *   | { planned: number }
 *   | { go: string, at: number, retry?: boolean | undefined }
 *   | { did: string } & Result
 *   | { told: string, status: string }
 *   | { looked: string, as: "sent" | "missing" | "drop" }} Line
 */

/** Where the message provably is not, so that sending again cannot be a second time. */
const NOT_THERE = ["not_sent", "rejected"];
const AGAIN = ["again", "pause", "stop"];

export class Rows {
  /** @type {Map<string, RowState>} */
  all = new Map();
  /** @type {Map<string, RowState>} by the id of their messages */
  byMessage = new Map();
  /** How many rows there are, once all are written down. @type {number | undefined} */
  planned;

  /** @param {Line} line */
  apply(line) {
    if ("plan" in line) {
      this.all.set(line.plan.id, { ...line.plan, attempts: 0, retries: 0, marked: false });
    } else if ("planned" in line) this.planned = line.planned;
    else if ("go" in line) begin(this.#row(line.go), line);
    else if ("did" in line) this.#end(line);
    else if ("told" in line) this.#row(line.told).told = line.status;
    else if ("looked" in line) look(this.#row(line.looked), line.as);
    else throw new Error("a line says nothing that is known");
  }

  /** @param {{ did: string } & Result} line */
  #end({ did, outcome, next, until, messageId, code, advice }) {
    const row = this.#row(did);
    const known = messageId ?? row.messageId;
    Object.assign(row, { outcome, next, until, code, advice, marked: false, messageId: known });
    if (known !== undefined) this.byMessage.set(known, row);
  }

  /** @param {string} id */
  #row(id) {
    const row = this.all.get(id);
    if (!row) throw new Error("a line is about a row that is not planned");
    return row;
  }
}

/**
 * @param {RowState} row
 * @param {{ at: number, retry?: boolean | undefined }} line
 */
function begin(row, { at, retry }) {
  row.marked = true;
  row.at = at;
  row.looked = undefined;
  if (retry) row.retries += 1;
  else row.attempts += 1;
}

/**
 * @param {RowState} row
 * @param {"sent" | "missing" | "drop"} as
 */
function look(row, as) {
  row.looked = as;
  row.marked = false;
  if (as === "sent")
    Object.assign(row, { outcome: "sent", next: "done", code: undefined, advice: undefined });
  else if (as === "drop") row.next = "drop";
  else Object.assign(row, { outcome: "unknown", next: "look" });
}

/**
 * What may be done with a row now or later, without a person. Nothing is sent again unless it provably is not there.
 *
 * @param {RowState} row
 * @param {boolean} resendLooked also what a person has looked for and not found
 * @returns {"send" | "retry" | undefined}
 */
export function dueOf(row, resendLooked) {
  if (row.looked === "missing" && resendLooked) return "send";
  if (row.marked) return undefined;
  if (row.outcome === undefined) return row.attempts === 0 ? "send" : undefined;
  if (row.next === "retry_message" && row.outcome === "failed" && row.messageId !== undefined) return "retry";
  return NOT_THERE.includes(row.outcome) && AGAIN.includes(row.next ?? "") ? "send" : undefined;
}

/**
 * Whether a person has to look into the conversation before anything can go on.
 *
 * @param {RowState} row
 */
export function needsLook(row) {
  return row.looked === undefined && (row.marked || row.next === "look");
}

/**
 * What is told of a row.
 *
 * @param {RowState} row
 * @returns {RowOutcome | "waiting"}
 */
export function outcomeOf(row) {
  return row.marked ? "unknown" : (row.outcome ?? "waiting");
}
