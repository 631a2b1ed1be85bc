// How far a campaign is: one line that is written over in a terminal, a line now and then anywhere else.

import { inWords } from "./report.js";

/** @import { Counts } from "./report.js" */
/** @typedef {{ write: (text: string) => unknown, isTTY?: boolean | undefined, columns?: number | undefined }} Output */

const IN_TERMINAL_MS = 100;
const ELSEWHERE_MS = 10_000;
const WIDTH = 24;
const NARROW = 80;

export class Progress {
  #output;
  #total;
  #begun = Date.now();
  #done = 0;
  #shownAt = 0;

  /**
   * @param {Output} output
   * @param {number} total rows that are to be sent now
   */
  constructor(output, total) {
    this.#output = output;
    this.#total = total;
  }

  /** One more is done. @param {() => Counts} counts */
  step(counts) {
    this.#done += 1;
    const now = Date.now();
    if (now - this.#shownAt < (this.#output.isTTY ? IN_TERMINAL_MS : ELSEWHERE_MS)) return;
    this.#show(now, counts());
  }

  /** @param {Counts} counts */
  end(counts) {
    this.#show(Date.now(), counts);
    if (this.#output.isTTY) this.#output.write("\n");
  }

  /**
   * @param {number} now
   * @param {Counts} counts
   */
  #show(now, counts) {
    this.#shownAt = now;
    const seconds = Math.max((now - this.#begun) / 1000, 0.001);
    const rate = this.#done / seconds;
    // A row that is tried again counts again, so it can be more than were thought.
    const total = Math.max(this.#total, this.#done);
    const left = rate > 0 ? duration((total - this.#done) / rate) : "?";
    const text = `${this.#done}/${total}  ${rate.toFixed(1)}/s  ${left} left  ${inWords(counts)}`;
    if (!this.#output.isTTY) {
      this.#output.write(`${text}\n`);
      return;
    }
    const full = total === 0 ? WIDTH : Math.floor((WIDTH * this.#done) / total);
    const bar = `[${"#".repeat(full)}${"-".repeat(WIDTH - full)}] ${text}`;
    // Longer than the terminal is wide, it could not be written over.
    this.#output.write(`\r\u001b[K${bar.slice(0, (this.#output.columns ?? NARROW) - 1)}`);
  }
}

/** @param {number} seconds */
function duration(seconds) {
  const whole = Math.round(seconds);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return `${hours > 0 ? `${hours}:` : ""}${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
}
