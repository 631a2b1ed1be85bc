import type { FileLike, Global } from "./types/runtime.js";

/** What the file is called, and what it is. */
export interface FileFromPathOptions {
  /** The file name that the customer sees. Default: the path's last part. */
  name?: string | undefined;
  /** The media type, such as `image/png`. Default: what the name's extension says. */
  type?: string | undefined;
}

export type { FileLike };

/** A `File` of this runtime. */
export type NodeFile = Global<"File", FileLike>;

/**
 * A file on disk as an attachment, for Node, Deno and Bun. In Node and Bun its bytes stay on disk until they are sent.
 * One that changes, moves or vanishes before is not sent: a ConnectionError `file_unreadable`, `not_sent` (in Bun, of
 * an empty one, a ValidationError). Rejects with a ValidationError (path `path`) when there is no such file.
 *
 * @example
 * await desk.sendAttachments(141, { attachments: [await fileFromPath("invoice.pdf")] });
 */
export function fileFromPath(
  path: string | Global<"URL", { readonly href: string }>,
  options?: FileFromPathOptions,
): Promise<NodeFile>;
