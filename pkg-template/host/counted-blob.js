// Deno's upload, which asks a Blob for its stream and tells nothing else: the form as a Blob that counts.

/** @import { FetchLike } from "../types/runtime.js" */
/** @import { Progress } from "./progress.js" */

/**
 * A fetch of forms, each as one Blob, of whose stream is told how much was taken; all else goes to `own` as it is.
 * @param {FetchLike} own
 * @param {Progress} progress
 * @param {number} files bytes
 * @returns {FetchLike}
 */
export function countedBy(own, progress, files) {
  return async (url, init) => {
    if (!(init.body instanceof FormData)) return own(url, init);
    const body = await new Response(init.body).blob();
    const around = body.size - files;
    const { type } = body;
    const stream = () => counted(Blob.prototype.stream.call(body), around, progress);
    Object.defineProperty(body, "stream", { value: stream });
    return own(url, { ...init, body, headers: { ...init.headers, "Content-Type": type } });
  };
}

/**
 * The same bytes, counted when more is asked for.
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number} around bytes of the form that are no file's
 * @param {Progress} progress
 */
function counted(stream, around, progress) {
  const reader = stream.getReader();
  let taken = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        progress.reach(taken - around);
        const { done, value } = await reader.read();
        if (done) {
          progress.handedOver();
          controller.close();
        } else {
          taken += value.byteLength;
          controller.enqueue(value);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
