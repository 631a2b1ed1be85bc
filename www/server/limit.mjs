// No message is larger than this. In memory, what is larger is refused before it is read, or where it turns out to be;
// in live mode the proxy does that.

/** 15 files of 4 MiB, and some of the largest that WhatsApp takes. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** A request's body as it comes in, which breaks off once it is too large. */
export class LimitedBody {
  /** Whether it is larger than the limit, as far as is known by now. */
  isTooLarge;
  /** The stream; null where there is no body. */
  stream = null;

  constructor(request) {
    const length = request.headers.get("content-length");
    this.isTooLarge = Number(length) > MOST_BYTES;
    const isThere = length === null ? request.headers.has("transfer-encoding") : Number(length) > 0;
    if (isThere && !this.isTooLarge) this.stream = ReadableStream.from(this.#pieces(request.body));
  }

  async *#pieces(body) {
    let bytes = 0;
    for await (const piece of body) {
      bytes += piece.byteLength;
      if (bytes > MOST_BYTES) {
        this.isTooLarge = true;
        throw new RangeError("the body is too large");
      }
      yield piece;
    }
  }
}

/** The answer to what is too large. */
export function tooLarge() {
  const error = `The demo takes at most ${MOST_BYTES / 1024 / 1024} MiB a message`;
  return Response.json({ error }, { status: 413 });
}
