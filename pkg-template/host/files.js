// Files that lie elsewhere until they are sent: on a disk, where they can change, move or vanish meanwhile.

import { guarded } from "./guarded.js";
import { isNode } from "./platform.js";

/** @import { Stop } from "./stop.js" */

/**
 * Under this a file of `fileFromPath` has a function that throws when it is not what it was.
 * @type {unique symbol}
 */
export const LOOK = Symbol.for("engagelab-livedesk.look");

/**
 * Looks at a file before it is sent: rejects when it cannot be read, or is not what it was.
 * @param {Blob} blob
 */
export async function look(blob) {
  await /** @type {{ [LOOK]?: () => unknown }} */ (blob)[LOOK]?.();
  const byte = firstByte(blob);
  // jsdom's cannot be read, and lie in memory.
  if (typeof byte?.arrayBuffer !== "function") return;
  const { byteLength } = await byte.arrayBuffer();
  if (byteLength === 0) throw new Error("the file is empty now");
}

/**
 * Whatever an object has in the place of its class's own; of another class there is nothing to look at.
 * @param {Blob} blob
 */
function firstByte(blob) {
  try {
    return Blob.prototype.slice.call(blob, 0, 1);
  } catch {
    return undefined;
  }
}

/**
 * The file as a part of a form: a Blob and its name. In Node it reads itself: when a file breaks off in the middle,
 * Node 24 and 26 end the process with an unhandled rejection, and their fetch never settles.
 * @param {Blob} blob
 * @param {string} type
 * @param {string} name
 * @param {Stop} stop
 * @returns {[file: Blob, name?: string]}
 */
export function part(blob, type, name, stop) {
  if (!isNode()) return [blob.type === type ? blob : blob.slice(0, blob.size, type), name];
  const file = new File([blob], name, { type });
  Object.defineProperty(file, "stream", { value: () => guarded(blob.stream(), stop) });
  // Given a name, the form would make a File of its own.
  return [file];
}
