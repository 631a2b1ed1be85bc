// What `onUploadProgress` is told: how many bytes of the files were handed over, which is all that anybody can see, and
// then that there is no answer yet.

/** @import { Context } from "../call/context.js" */
/** @import { UploadProgress } from "../types/options.js" */

/** So far apart they are told at least, which is less than 20 a second with the phases between. */
const EVERY_MS = 60;

/** The progress of one call. Never backwards: an attempt that begins anew is told of once it is further than the last. */
export class Progress {
  #onUploadProgress;
  /** @type {Pick<Context, "run">} */
  #context;
  #total;
  /** @type {UploadProgress["phase"]} */
  #phase = "sending";
  #loaded = 0;
  /** Of this attempt. */
  #passed = 0;
  #filesLeft = 0;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #isOver = false;

  /**
   * @param {(progress: UploadProgress) => unknown} onUploadProgress
   * @param {Pick<Context, "run">} context the caller's own
   * @param {number} total bytes of all files
   */
  constructor(onUploadProgress, context, total) {
    this.#onUploadProgress = onUploadProgress;
    this.#context = context;
    this.#total = total;
  }

  /**
   * An attempt begins.
   * @param {number} files
   */
  begin(files) {
    this.#passed = 0;
    this.#filesLeft = files;
    if (this.#phase === "sending") this.#tell();
  }

  /**
   * So many bytes of a file were taken.
   * @param {number} bytes
   */
  add(bytes) {
    this.reach(this.#passed + bytes);
  }

  /**
   * So many bytes of all files were taken.
   * @param {number} bytes
   */
  reach(bytes) {
    this.#passed = bytes;
    const loaded = Math.min(bytes, this.#total);
    if (this.#phase !== "sending" || loaded <= this.#loaded) return;
    this.#loaded = loaded;
    const wait = this.#toldAt + EVERY_MS - performance.now();
    if (wait <= 0) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), wait);
  }

  /** A file was taken to its end. */
  ended() {
    this.#filesLeft -= 1;
    if (this.#filesLeft === 0) this.handedOver();
  }

  /** All of it was. */
  handedOver() {
    if (this.#phase === "sending") this.#enter("waiting");
  }

  /** There is an answer. */
  done() {
    this.#enter("done");
    this.close();
  }

  /** Nothing is told any more. */
  close() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  /** @param {UploadProgress["phase"]} phase */
  #enter(phase) {
    this.#phase = phase;
    this.#loaded = this.#total;
    this.#tell();
  }

  #tell() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isOver) return;
    this.#toldAt = performance.now();
    const progress = { phase: this.#phase, loaded: this.#loaded, total: this.#total };
    this.#context.run(() => {
      try {
        const told = /** @type {PromiseLike<unknown> | undefined} */ (this.#onUploadProgress(progress));
        if (typeof told?.then === "function") told.then(undefined, () => {});
      } catch {
        // Documented: one that throws changes nothing.
      }
    });
  }
}
