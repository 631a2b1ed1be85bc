// The client, as a campaign asks it; it and its engine are loaded by the first campaign, not by a sandbox.

/** @import { Desk, Livedesk } from "./sender.js" */

/** @returns {Promise<Livedesk & { make: (options: object) => Desk }>} */
export async function loadLivedesk() {
  const { DeliveryError, LiveDesk, nextStep, previewTemplate, readWebhook, validate } = await import(
    "../../index.js"
  );
  const { fileFromPath } = await import("../../node.js");
  return {
    ...{ nextStep: nextStep ?? standIn, previewTemplate, readWebhook, validate, fileFromPath },
    deliveryError: (message, fields) => new DeliveryError(message, fields),
    make: (options) => new LiveDesk(options),
  };
}

function standIn(error, { attempts }) {
  const { outcome, code, retryAfterMs, failure, status } = error ?? {};
  if (code === "unauthorized") return { do: "stop", why: "the credentials are refused" };
  if (outcome === "unknown") return { do: "look", why: "it may be there" };
  if (outcome === "failed") {
    if (failure?.canRetry && attempts <= failure.maxRetries)
      return { do: "retry_message", afterMs: failure.retryAfterMs, why: failure.advice };
    return { do: "drop", why: failure?.advice ?? "its delivery failed" };
  }
  if (status === 429) return { do: "pause", afterMs: retryAfterMs ?? 5000, why: "too many messages" };
  if (code === "not_connected" || code === "timeout")
    return { do: "again", afterMs: 1000 * 2 ** Math.min(attempts, 6), why: "LiveDesk cannot be reached" };
  return { do: "drop", why: "LiveDesk refused it" };
}
