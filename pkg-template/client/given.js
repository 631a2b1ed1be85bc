// What a caller gave of one call, read once and at once.

import { snapshot } from "../host/snapshot.js";
import { Issues } from "./issues.js";
import { readRequestOptions } from "./request-options.js";

/** The data for the engine, and what only JavaScript can hold; throws a ValidationError when options are wrong. */
export function read(settings, kind, conversationId, message, requestOptions) {
  const { signal, extra, ...request } = readRequestOptions(requestOptions);
  const { tree, binaries } = snapshot(message);
  const data = {
    ...settings.data,
    ...request,
    kind,
    conversationId: snapshot(conversationId).tree,
    message: tree,
    extra: snapshot(extra).tree,
  };
  const { fetch = globalFetch(), authorize } = settings;
  return { data, fetch, authorization: authorize, signal, binaries };
}

/** Looked up at each call, so that a test or a tracer may replace it at any time. */
function globalFetch() {
  const { fetch } = globalThis;
  if (typeof fetch === "function") return fetch;
  const issues = new Issues();
  issues.add("options.fetch", "required", "is required: this runtime has no global fetch");
  return issues.raise("Nothing was sent");
}
