// The client, as a campaign asks it; it and its engine are loaded by the first campaign, not by a sandbox.

/** @import { Desk, Livedesk } from "./sender.js" */

/** @typedef {Livedesk & { make: (options: object) => Desk }} Loaded */

/** @returns {Promise<Loaded>} */
export async function loadLivedesk() {
  const { DeliveryError, LiveDesk, nextStep, previewTemplate, readWebhook, validate } = await import(
    "../../index.js"
  );
  const { fileFromPath } = await import("../../node.js");
  // A row's message is plain data, which the client checks by itself.
  return /** @type {Loaded} */ (
    /** @type {unknown} */ ({
      ...{ nextStep, previewTemplate, readWebhook, validate, fileFromPath },
      deliveryError: (/** @type {string} */ message, /** @type {object} */ fields) =>
        new DeliveryError(message, fields),
      make: (/** @type {object} */ options) => new LiveDesk(options),
    })
  );
}
