// A file's stream in Node, which may break off while it is sent.

/** @import { Progress } from "./progress.js" */
/** @import { Stop } from "./stop.js" */

/** What is in memory comes in one piece, of whatever size; from a disk Node reads so much at once. */
const PIECE_BYTES = 64 * 1024;

/**
 * The same bytes; what cannot be read stops the call, and the stream stays open until fetch gives it up.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {Stop} stop
 * @param {Progress} [progress] is told of what was taken
 */
export function guarded(stream, stop, progress) {
  const unreadable = (/** @type {unknown} */ thrown) => {
    stop.breakOff(thrown);
    return new Promise(() => {});
  };
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  let reader;
  const next = told(() => {
    reader ??= stream.getReader();
    return reader.read().catch(unreadable);
  }, progress);
  const guard = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => (reader ?? stream).cancel(reason).catch(() => {}),
    },
    { highWaterMark: 0 },
  );
  // Node's fetch asks for nothing else: a second stream around the first would take a quarter of an upload's time.
  const iterator = () => {
    const chunks = stream[Symbol.asyncIterator]();
    return { next: told(() => chunks.next().catch(unreadable), progress), return: () => chunks.return?.() };
  };
  return Object.defineProperty(guard, Symbol.asyncIterator, { value: iterator });
}

/**
 * What `next` gives, in pieces of which progress can be told. One was taken when the one after it is asked for: whoever
 * sends asks for no more than it can send.
 * @param {() => Promise<ReadableStreamReadResult<Uint8Array>>} next
 * @param {Progress} [progress]
 */
function told(next, progress) {
  if (!progress) return next;
  let last = 0;
  let rest = /** @type {Uint8Array} */ (new Uint8Array(0));
  /** @returns {Promise<ReadableStreamReadResult<Uint8Array>>} */
  return async () => {
    progress.add(last);
    last = 0;
    while (rest.byteLength === 0) {
      const result = await next();
      if (result.done) {
        progress.ended();
        return result;
      }
      rest = result.value;
    }
    const value = rest.subarray(0, PIECE_BYTES);
    rest = rest.subarray(PIECE_BYTES);
    last = value.byteLength;
    return { done: false, value };
  };
}
