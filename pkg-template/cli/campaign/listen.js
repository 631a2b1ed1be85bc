// Later failures: takes webhooks into the journal, and retries at its time what may be retried.

import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { failed, sent } from "./sender.js";
import { dueOf, needsLook } from "./state.js";

/** @import { IncomingMessage } from "node:http" */
/** @import { Journal } from "./journal.js" */
/** @import { Desk, Failure, Livedesk, Told } from "./sender.js" */
/** @import { RowState } from "./state.js" */

/** In bytes; upstream's events have some thousands. */
const LARGEST = 4_194_304;
const GLANCE_MS = 250;
const BODY_MS = 30_000;

/** Long enough that nobody finds the webhook's address: who knows it can have messages retried. */
export function newToken() {
  return randomBytes(24).toString("hex");
}

export class Listener {
  /** Why it ended by itself. @type {string | undefined} */
  broken;
  #journal;
  #client;
  #onChange;
  #server;
  /** One event after the other: two about one message must not both retry it. */
  #last = Promise.resolve();
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /**
   * @param {Journal} journal
   * @param {{ desk: Desk, livedesk: Livedesk }} client
   * @param {(row: RowState) => void} [onChange]
   */
  constructor(journal, client, onChange = () => {}) {
    this.#journal = journal;
    this.#client = client;
    this.#onChange = onChange;
    this.#server = createServer({ requestTimeout: BODY_MS }, (request, response) => {
      this.#answer(request).then(
        (status) => response.writeHead(status).end(),
        () => response.destroy(),
      );
    });
  }

  /**
   * @param {number} port 0 for a free one
   * @param {string} host
   * @returns {Promise<string>} the address for LiveDesk's webhook
   */
  async start(port, host) {
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => resolve(undefined));
    });
    this.#timer = setInterval(() => this.#queue(() => this.#retryDue()), GLANCE_MS);
    const address = this.#server.address();
    const actual = typeof address === "object" && address ? address.port : port;
    const name = host.includes(":") ? `[${host}]` : host;
    return `http://${name}:${actual}/${this.#journal.header?.token}`;
  }

  async close() {
    clearInterval(this.#timer);
    this.#server.close();
    this.#server.closeAllConnections();
    await this.#last;
  }

  /** @param {IncomingMessage} request */
  async #answer(request) {
    if (!this.#isRight(request.url ?? "")) return 404;
    if (request.method !== "POST") return 405;
    const chunks = [];
    let length = 0;
    for await (const chunk of request) {
      length += chunk.length;
      if (length > LARGEST) return 413;
      chunks.push(chunk);
    }
    const told = await this.#client.livedesk.readWebhook(Buffer.concat(chunks));
    if (told) await this.#queue(() => this.#take(told));
    // Only what is in the journal is acknowledged.
    return this.broken === undefined ? 204 : 503;
  }

  /** @param {string} path */
  #isRight(path) {
    const expected = Buffer.from(`/${this.#journal.header?.token}`);
    const given = Buffer.from(path);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  /**
   * @param {() => Promise<void>} work
   * @returns {Promise<void>}
   */
  #queue(work) {
    this.#last = this.#last.then(async () => {
      if (this.broken !== undefined) return;
      try {
        await work();
      } catch (error) {
        this.broken = error instanceof Error ? error.message : "an error that was not expected";
      }
    });
    return this.#last;
  }

  /** @param {Told} told */
  async #take({ message, conversationId, failure }) {
    const row = this.#journal.rows.byMessage.get(String(message.id));
    const isOurs = row && String(conversationId) === row.conversationId;
    // The same status twice is one event told twice, also after a retry: upstream tells `sent` before it fails anew.
    if (!isOurs || row.told === message.status) return;
    await this.#journal.add({ told: row.id, status: message.status ?? "" });
    // What was broken off waits for a person.
    if (row.marked || needsLook(row)) return;
    if (failure) await this.#failed(row, String(message.id), failure);
    else if (row.outcome === "failed" && message.status !== "failed") {
      await this.#journal.add({ did: row.id, outcome: "sent", next: "done" });
    } else return;
    this.#onChange(row);
  }

  /**
   * @param {RowState} row
   * @param {string} messageId
   * @param {Failure} failure
   */
  async #failed(row, messageId, failure) {
    const { livedesk } = this.#client;
    const error = livedesk.deliveryError("Delivery failed", {
      failure,
      messageId,
      conversationId: row.conversationId,
    });
    const { result } = await failed(livedesk, error, row, false);
    await this.#journal.add({ did: row.id, ...result });
  }

  async #retryDue() {
    const { rows } = this.#journal;
    const now = Date.now();
    for (const row of rows.all.values()) {
      if (dueOf(row, false) !== "retry" || (row.until ?? 0) > now) continue;
      await this.#retry(row);
    }
  }

  /** @param {RowState} row */
  async #retry(row) {
    const { desk, livedesk } = this.#client;
    await this.#journal.add({ go: row.id, at: Date.now(), retry: true });
    let result;
    try {
      result = sent(await desk.retryMessage(row.conversationId, row.messageId ?? ""));
    } catch (error) {
      ({ result } = await failed(livedesk, error, row, true));
    }
    await this.#journal.add({ did: row.id, ...result });
    this.#onChange(row);
  }
}
