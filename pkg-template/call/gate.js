// The requests of one client: those with one Authorization are in one lane, see lane.js. `requestsPerSecond` spaces all
// of them, whatever their Authorization.

import { Lane } from "./lane.js";

/** Beyond this many, lanes that nobody is in are forgotten: each customer of a backend may have its own. */
const MOST_LANES = 1000;

/** The lanes of one client. */
export class Gate {
  /** @type {Map<string, Lane>} */
  #lanes = new Map();
  #spacing;
  /** @type {Map<Lane, ReturnType<typeof setTimeout>>} */
  #timers = new Map();

  /** @param {number} [requestsPerSecond] */
  constructor(requestsPerSecond) {
    this.#spacing = { interval: requestsPerSecond ? 1000 / requestsPerSecond : 0, nextAt: 0 };
  }

  /**
   * A ticket for one request, which may have to wait: see `Ticket`.
   * @param {string} authorization
   * @param {number} order
   */
  ticket(authorization, order) {
    let lane = this.#lanes.get(authorization);
    if (lane) {
      // What was used last is forgotten last.
      this.#lanes.delete(authorization);
    } else {
      lane = new Lane(this.#spacing);
      if (this.#lanes.size >= MOST_LANES) this.#forgetOne();
    }
    this.#lanes.set(authorization, lane);
    return new Ticket(this, lane, order);
  }

  #forgetOne() {
    for (const [authorization, lane] of this.#lanes) {
      if (lane.isIdle) return this.#lanes.delete(authorization);
    }
  }

  /**
   * Lets go who may go now, and comes back when time has changed that.
   * @param {Lane} lane
   */
  pump(lane) {
    const timer = this.#timers.get(lane);
    if (timer !== undefined) {
      clearTimeout(timer);
      this.#timers.delete(lane);
    }
    if (!lane.isWaitedFor) return;
    const now = performance.now();
    const { gone, at } = lane.release(now);
    for (const ticket of gone) ticket.go();
    if (at !== undefined)
      this.#timers.set(
        lane,
        setTimeout(() => this.pump(lane), Math.max(0, at - now)),
      );
  }
}

/** One request's turn. */
export class Ticket {
  #gate;
  #lane;
  /** @type {(() => void) | undefined} */
  #go;
  #isUnderWay = false;
  order;
  /**
   * Resolves when it may go.
   * @type {Promise<void> | undefined}
   */
  turn;

  /**
   * @param {Gate} gate
   * @param {Lane} lane
   * @param {number} order
   */
  constructor(gate, lane, order) {
    this.#gate = gate;
    this.#lane = lane;
    this.order = order;
  }

  /** Whether it may go at once; else `turn` resolves when it may. */
  enter() {
    this.#lane.enter(this, performance.now());
    this.#gate.pump(this.#lane);
    if (!this.#isUnderWay) {
      this.turn = new Promise((resolve) => {
        this.#go = resolve;
      });
    }
    return this.#isUnderWay;
  }

  /** Called by the gate. */
  go() {
    this.#isUnderWay = true;
    this.#go?.();
  }

  /** How often in a row the server has refused, now that it refused this. */
  get refusals() {
    return this.#lane.refusals(this);
  }

  /** At least how long it has to wait still, in milliseconds. */
  get least() {
    return this.#lane.least(this, performance.now());
  }

  /** About how long. */
  get estimate() {
    return this.#lane.estimate(this, performance.now());
  }

  /** It waits no more, or its request is over without an answer. */
  leave() {
    this.#end(() => this.#lane.lost(this));
  }

  passed() {
    this.#end(() => this.#lane.passed(this, performance.now()));
  }

  /**
   * It was answered with 429: `pause` is how many milliseconds nobody is to go.
   * @param {number} pause
   */
  refused(pause) {
    this.#end(() => this.#lane.refused(this, pause, performance.now()));
  }

  /** @param {() => void} tell */
  #end(tell) {
    this.#lane.leave(this);
    if (this.#isUnderWay) tell();
    this.#isUnderWay = false;
    this.#gate.pump(this.#lane);
  }
}
