// Which step is next in which conversation: that of a test's script, or of a reserved conversation's.

import { findReserved } from "./reserved.js";
import { readSteps } from "./steps.js";

/** More conversations than any test scripts at once. */
const MOST_SCRIPTS = 10_000;

export class Scripts {
  /** The steps that are left, the next one last. */
  #left = new Map();
  /** How far the reserved conversations with an end have come. */
  #begun = new Set();

  /**
   * Replaces what is left of a conversation's script.
   * @param {number} conversationId
   * @param {unknown} steps
   */
  set(conversationId, steps) {
    const left = readSteps(steps).reverse();
    this.#left.delete(conversationId);
    if (left.length === 0) return;
    if (this.#left.size >= MOST_SCRIPTS)
      throw new RangeError(`more than ${MOST_SCRIPTS} conversations have a script`);
    this.#left.set(conversationId, left);
  }

  /**
   * The next step, which stays the next one; undefined where nothing is scripted.
   * @param {number} conversationId
   * @param {boolean} isRetry
   */
  peek(conversationId, isRetry) {
    const left = this.#left.get(conversationId);
    if (left) return left.at(-1);
    const { always, create, once } = findReserved(conversationId) ?? {};
    if (once && !this.#begun.has(conversationId)) return once;
    return always ?? (isRetry ? undefined : create);
  }

  /**
   * The same, and the one after it is next.
   * @param {number} conversationId
   * @param {boolean} isRetry
   */
  take(conversationId, isRetry) {
    const step = this.peek(conversationId, isRetry);
    const left = this.#left.get(conversationId);
    left?.pop();
    if (left?.length === 0) this.#left.delete(conversationId);
    if (!left && step) this.#begun.add(conversationId);
    return step;
  }

  /** Forgets every script; the reserved ones begin anew. */
  reset() {
    this.#left.clear();
    this.#begun.clear();
  }
}
