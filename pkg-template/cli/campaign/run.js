// Sends what is due, some rows at a time, each after its marker; nextStep says what comes after a failure.

import { setTimeout as sleep } from "node:timers/promises";
import { JournalBroken } from "./journal.js";
import { failed, messageOf, send, sent } from "./sender.js";
import { dueOf } from "./state.js";

/** @import { Journal } from "./journal.js" */
/** @import { Row } from "./rows.js" */
/** @import { Desk, Livedesk, MessageOptions, Step } from "./sender.js" */
/** @import { Result, RowState } from "./state.js" */
/**
 * @typedef {object} Pace
 * @property {number} perSecond
 * @property {number} atOnce
 * @property {number} stopAfter failures of the same kind in a row
 * @property {number} waitMs the longest it waits for a row's time
 * @property {boolean} resendLooked
 */
/** @typedef {MessageOptions & Pace} RunOptions */
/** @typedef {{ state: RowState, row?: Row | undefined, until: number }} Job without a row it is a retry */

/** How soon a stop or a new time is seen. */
const GLANCE_MS = 50;

export class Run {
  /** Why nothing more is begun. @type {string | undefined} */
  stopped;
  /** When what is left can go on, where that is later than it waits. @type {number | undefined} */
  resumeAt;
  #journal;
  #rows;
  #desk;
  #livedesk;
  #options;
  #onResult;
  /** @type {Job[]} */
  #later = [];
  #exhausted = false;
  #underWay = 0;
  #pausedUntil = 0;
  #nextSlot = 0;
  #alike = { kind: "", count: 0 };
  /** The last row of each conversation: its customer reads them in order. @type {Map<string, Promise<void>>} */
  #tails = new Map();

  /**
   * @param {Journal} journal
   * @param {AsyncIterator<Row>} rows
   * @param {{ desk: Desk, livedesk: Livedesk }} client
   * @param {RunOptions} options
   * @param {() => void} [onResult]
   */
  constructor(journal, rows, { desk, livedesk }, options, onResult = () => {}) {
    this.#journal = journal;
    this.#rows = rows;
    this.#desk = desk;
    this.#livedesk = livedesk;
    this.#options = options;
    this.#onResult = onResult;
  }

  /** Begins nothing more; what is under way ends by itself. @param {string} why */
  stop(why) {
    this.stopped ??= why;
  }

  /** Resolves when all that may be done is done. */
  async finish() {
    const workers = Array.from({ length: this.#options.atOnce }, () => this.#work());
    const ends = await Promise.allSettled(workers);
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }

  async #work() {
    try {
      for (let job = await this.#take(); job; job = await this.#take()) {
        await this.#inOrder(job);
        this.#underWay -= 1;
      }
    } catch (error) {
      this.stop("an error that was not expected");
      throw error;
    }
  }

  /** The next job, once its time has come. */
  async #take() {
    while (this.stopped === undefined) {
      const now = Date.now();
      if (this.#pausedUntil > now) {
        if (this.#isTooLate(this.#pausedUntil)) return undefined;
      } else {
        const job = this.#dueLater(now) ?? (await this.#nextRow());
        if (job && this.stopped === undefined) {
          this.#underWay += 1;
          return job;
        }
        if (job) return undefined;
        if (this.#exhausted && this.#underWay === 0) {
          if (this.#later.length === 0) return undefined;
          if (this.#isTooLate(Math.min(...this.#later.map(({ until }) => until)))) return undefined;
        }
      }
      await sleep(GLANCE_MS);
    }
    return undefined;
  }

  /** @param {number} until */
  #isTooLate(until) {
    if (until - Date.now() <= this.#options.waitMs) return false;
    this.resumeAt = until;
    return true;
  }

  /** @param {number} now */
  #dueLater(now) {
    const index = this.#later.findIndex(({ until }) => until <= now);
    return index < 0 ? undefined : this.#later.splice(index, 1)[0];
  }

  /** @returns {Promise<Job | undefined>} */
  async #nextRow() {
    while (!this.#exhausted) {
      const { done, value: row } = await this.#rows.next();
      if (done) {
        this.#exhausted = true;
        return undefined;
      }
      const state = this.#journal.rows.all.get(row.id);
      const due = state && dueOf(state, this.#options.resendLooked);
      if (!state || !due) continue;
      if (state.print !== row.print) {
        this.stop(`row ${row.row} changed while the campaign ran`);
        return undefined;
      }
      const job = { state, until: state.until ?? 0, ...(due === "send" ? { row } : {}) };
      if (job.until <= Date.now()) return job;
      this.#later.push(job);
    }
    return undefined;
  }

  /** @param {Job} job */
  async #inOrder(job) {
    const { conversationId } = job.state;
    const before = this.#tails.get(conversationId);
    const mine = (async () => {
      await before;
      await this.#perform(job);
    })();
    const tail = mine.catch(() => {});
    this.#tails.set(conversationId, tail);
    await mine;
    if (this.#tails.get(conversationId) === tail) this.#tails.delete(conversationId);
  }

  /** @param {Job} job */
  async #perform(job) {
    const { state, row } = job;
    await this.#pace();
    // Without its marker nothing is sent, so what is stopped here is as it was.
    if (this.stopped !== undefined) return;
    if (this.#pausedUntil > Date.now()) {
      this.#later.push(job);
      return;
    }
    let message;
    try {
      message = row && (await messageOf(this.#livedesk, this.#options, row));
    } catch {
      this.stop(`the file of row ${state.row} can no longer be read`);
      return;
    }
    const isRetry = message === undefined;
    try {
      await this.#journal.add({ go: state.id, at: Date.now(), ...(isRetry ? { retry: true } : {}) });
    } catch (error) {
      this.#halt(error);
      return;
    }
    let result;
    try {
      const answer =
        row && message
          ? await send(this.#desk, row, message, this.#options.definition)
          : await this.#desk.retryMessage(state.conversationId, state.messageId ?? "");
      result = sent(answer);
      this.#alike = { kind: "", count: 0 };
    } catch (error) {
      const failure = await failed(this.#livedesk, error, state, isRetry);
      result = failure.result;
      this.#heed(failure.step, String(result.code));
    }
    await this.#keep(job, result);
  }

  /**
   * @param {Job} job
   * @param {Result} result
   */
  async #keep(job, result) {
    const line = { did: job.state.id, ...result };
    try {
      await this.#journal.add(line);
    } catch (error) {
      this.#halt(error);
      // The journal will say `unknown`; who is here can be told what is known.
      this.#journal.rows.apply(line);
    }
    const due = dueOf(job.state, false);
    if (due && result.next !== "stop") {
      const again = { state: job.state, until: result.until ?? 0 };
      this.#later.push(due === "send" && job.row ? { ...again, row: job.row } : again);
    }
    this.#onResult();
  }

  /**
   * What a failure means for all other rows.
   *
   * @param {Step} step
   * @param {string} kind the same for failures that are alike
   */
  #heed(step, kind) {
    if (step.do === "stop") this.stop(step.why);
    if (step.do === "pause")
      this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + (step.afterMs ?? 0));
    this.#alike = { kind, count: this.#alike.kind === kind ? this.#alike.count + 1 : 1 };
    // What is told to wait waits; it is no sign that something is wrong.
    if (step.do !== "pause" && this.#alike.count >= this.#options.stopAfter) {
      this.stop(`${this.#alike.count} rows in a row failed alike (${kind})`);
    }
  }

  /** @param {unknown} error */
  #halt(error) {
    if (!(error instanceof JournalBroken)) throw error;
    this.stop(error.message);
  }

  async #pace() {
    const now = Date.now();
    const slot = Math.max(now, this.#nextSlot);
    this.#nextSlot = slot + 1000 / this.#options.perSecond;
    if (slot > now) await sleep(slot - now);
  }
}
