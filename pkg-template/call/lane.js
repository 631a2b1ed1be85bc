// One client, one pause: after a 429 all calls with the same Authorization wait until the server's time has come.
// Then one goes first as a probe, and the rest follow in order at the pace that worked before.

import { Recent } from "./recent.js";

/** @import { Ticket } from "./gate.js" */

/** A little slower than what worked, since the server's clock is not ours. */
const SLOWER = 1.1;
/** Never slower than this: what worked may have been little because little was asked. */
const SLOWEST_MS = 1000;
/** After so long without a refusal twice the pace is tried. */
const FASTER_AFTER_MS = 10_000;

/** All may go; none, until a time; none, until the probe is answered; each after the one before. */
const OPEN = 0;
const CLOSED = 1;
const PROBING = 2;
const PACED = 3;

/** The requests with one Authorization. Pure: every time is given, in milliseconds on one steady clock. */
export class Lane {
  #state = OPEN;
  #refusals = 0;
  /** @type {Ticket[]} */
  #waiting = [];
  /** @type {Set<Ticket>} */
  #underWay = new Set();
  #recent = new Recent();
  #closedUntil = 0;
  /** Milliseconds from one request to the next, in a lane that is paced. */
  #interval = 0;
  #pacedAt = 0;
  #nextAt = 0;
  /** @type {Ticket | undefined} */
  #probe;
  #spacing;

  /** `spacing` is `{ interval, nextAt }`, shared by all lanes of a client; an interval of 0 is none. */
  constructor(spacing = { interval: 0, nextAt: 0 }) {
    this.#spacing = spacing;
  }

  /** Whether nobody would miss it. */
  get isIdle() {
    return this.#waiting.length === 0 && this.#underWay.size === 0 && this.#state === OPEN;
  }

  /** Whether anybody waits. */
  get isWaitedFor() {
    return this.#waiting.length > 0;
  }

  /**
   * A ticket asks to go; `order` is that of its call, so that who began first goes first.
   * @param {Ticket} ticket
   * @param {number} now
   */
  enter(ticket, now) {
    if (this.#state === PACED && this.#waiting.length === 0 && now >= this.#nextAt) this.#open();
    const later = this.#waiting.findIndex(({ order }) => order > ticket.order);
    this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, ticket);
  }

  /**
   * A ticket does not want to go any more.
   * @param {Ticket} ticket
   */
  leave(ticket) {
    const at = this.#waiting.indexOf(ticket);
    if (at >= 0) this.#waiting.splice(at, 1);
  }

  /**
   * The tickets that go now, and when to ask again if time alone will let more go.
   * @param {number} now
   */
  release(now) {
    const gone = [];
    let at = Infinity;
    for (let ticket = this.#waiting[0]; ticket; ticket = this.#waiting[0]) {
      at = this.#nextTime(now);
      if (at > now) break;
      this.#waiting.shift();
      this.#underWay.add(ticket);
      if (this.#state === CLOSED) {
        this.#state = PROBING;
        this.#probe = ticket;
      }
      this.#nextAt = now + this.#interval;
      this.#spacing.nextAt = now + this.#spacing.interval;
      gone.push(ticket);
    }
    return { gone, at: this.#waiting.length > 0 && at < Infinity ? at : undefined };
  }

  /**
   * When the first one may go; Infinity while that depends on an answer.
   * @param {number} now
   */
  #nextTime(now) {
    if (this.#state === PACED && now >= this.#pacedAt + FASTER_AFTER_MS) {
      this.#interval /= 2;
      this.#pacedAt = now;
    }
    const spaced = this.#spacing.nextAt;
    if (this.#state === PROBING) return Infinity;
    if (this.#state === CLOSED) return Math.max(spaced, this.#closedUntil);
    return this.#state === PACED ? Math.max(spaced, this.#nextAt) : spaced;
  }

  #open() {
    this.#state = OPEN;
    this.#refusals = 0;
  }

  /**
   * A request was answered with anything but a 429.
   * @param {Ticket} ticket
   * @param {number} now
   */
  passed(ticket, now) {
    this.#underWay.delete(ticket);
    if (this.#probe === ticket) {
      // So many were taken from then until now, the pause included.
      const { count, since } = this.#recent.sum(now);
      this.#probe = undefined;
      this.#state = PACED;
      this.#interval = count > 0 ? Math.min(SLOWEST_MS, ((now - since) / count) * SLOWER) : SLOWEST_MS;
      this.#pacedAt = now;
      this.#nextAt = now + this.#interval;
    }
    this.#recent.add(now);
  }

  /**
   * A request got no answer: that says nothing of the server's pace.
   * @param {Ticket} ticket
   */
  lost(ticket) {
    this.#underWay.delete(ticket);
    if (this.#probe !== ticket) return;
    this.#probe = undefined;
    this.#state = CLOSED;
  }

  /**
   * How often in a row it was refused, this time included; of requests under way together only the first counts.
   * @param {Ticket} ticket
   */
  refusals(ticket) {
    const counts = this.#state === OPEN || this.#state === PACED || this.#probe === ticket;
    return counts ? this.#refusals + 1 : this.#refusals;
  }

  /**
   * A request was answered with 429: nobody goes for `pause` ms.
   * @param {Ticket} ticket
   * @param {number} pause
   * @param {number} now
   */
  refused(ticket, pause, now) {
    this.#underWay.delete(ticket);
    this.#refusals = this.refusals(ticket);
    if (this.#state !== PROBING || this.#probe === ticket) {
      this.#probe = undefined;
      this.#state = CLOSED;
    }
    this.#closedUntil = Math.max(this.#closedUntil, now + pause);
  }

  /**
   * At least how long a ticket that waits will have to, in milliseconds, however fast the pace gets.
   * @param {Ticket} ticket
   * @param {number} now
   */
  least(ticket, now) {
    return this.#wait(ticket, now, this.#spacing.interval);
  }

  /**
   * About how long it will have to, at the pace of now.
   * @param {Ticket} ticket
   * @param {number} now
   */
  estimate(ticket, now) {
    const paced = this.#state === PACED ? this.#interval : 0;
    return this.#wait(ticket, now, Math.max(paced, this.#spacing.interval));
  }

  /**
   * Until the first one may go, and `each` for every one before it.
   * @param {Ticket} ticket
   * @param {number} now
   * @param {number} each
   */
  #wait(ticket, now, each) {
    const next = this.#nextTime(now);
    const first = next < Infinity ? Math.max(0, next - now) : 0;
    return Math.ceil(first + Math.max(0, this.#waiting.indexOf(ticket)) * each);
  }
}
