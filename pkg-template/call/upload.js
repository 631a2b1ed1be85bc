// Whether, and how, the progress of an upload can be told where this runs: honestly, or not at all.

import { countedBy } from "../host/counted-blob.js";
import { isBrowser } from "../host/page.js";
import { isNode } from "../host/platform.js";
import { Progress } from "../host/progress.js";
import { uploadBy } from "../host/xhr.js";
import { Issues } from "../input/issues.js";

/** @import { Settings } from "../client/options.js" */
/** @import { Given } from "../client/given.js" */
/** @import { Context } from "./context.js" */
/** @import { FetchLike } from "../types/runtime.js" */

/**
 * The call's progress, and the fetch that goes with it. Throws a ValidationError where there is nothing to tell.
 * @param {Settings} settings
 * @param {Given} given
 * @param {Context} context
 * @returns {{ progress: Progress, fetch: FetchLike } | undefined}
 */
export function uploadOf(settings, given, context) {
  const { onUploadProgress, written, fetch, binaries } = given;
  if (!onUploadProgress) return undefined;
  const refusal = refusalOf(settings, written.kind);
  if (refusal) {
    const issues = new Issues();
    issues.add("requestOptions.onUploadProgress", "not_supported", refusal);
    issues.raise("Nothing was sent");
  }
  const total = binaries.reduce((sum, { size }) => sum + size, 0);
  const progress = new Progress(onUploadProgress, context, total);
  if (isNode()) return { progress, fetch };
  const by = isBrowser() ? uploadBy : countedBy;
  return { progress, fetch: by(fetch, progress, total) };
}

/**
 * Why nothing honest could be told.
 * @param {Settings} settings
 * @param {string} kind
 */
function refusalOf({ fetch, client, authorize }, kind) {
  if (kind !== "attachments") return "is for sendAttachments: nothing else takes time to send";
  if (isNode() || "Deno" in globalThis) return undefined;
  if (!isBrowser())
    return "cannot be told in this runtime, which does not say what it has sent; leave it away";
  if (typeof XMLHttpRequest !== "function")
    return "cannot be told in a service worker, which has no XMLHttpRequest; leave it away, or send from the page";
  if (fetch)
    return "cannot be told with options.fetch: in a page only XMLHttpRequest tells it; leave one of them away";
  if (client.apiKey !== undefined || client.authorization !== undefined || authorize)
    return "cannot be told with credentials in the page: XMLHttpRequest, which alone tells it, takes them along to where a redirect points; send through a backend";
  return undefined;
}
