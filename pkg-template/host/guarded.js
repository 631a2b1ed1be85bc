// A file's stream in Node, which may break off while it is sent.

/** @import { Stop } from "./stop.js" */

/**
 * The same bytes; what cannot be read stops the call, and the stream stays open until fetch gives it up.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {Stop} stop
 */
export function guarded(stream, stop) {
  const unreadable = (/** @type {unknown} */ thrown) => {
    stop.breakOff(thrown);
    return new Promise(() => {});
  };
  /** @type {ReadableStreamDefaultReader<Uint8Array> | undefined} */
  let reader;
  const guard = new ReadableStream(
    {
      async pull(controller) {
        reader ??= stream.getReader();
        const { done, value } = await reader.read().catch(unreadable);
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
    return { next: () => chunks.next().catch(unreadable), return: () => chunks.return?.() };
  };
  return Object.defineProperty(guard, Symbol.asyncIterator, { value: iterator });
}
