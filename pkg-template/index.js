// engagelab-livedesk: send text, files and WhatsApp templates into LiveDesk conversations.

export { defineTemplate } from "./client/define-template.js";
export {
  explainFailure,
  LiveDesk,
  nextStep,
  preload,
  previewTemplate,
  readWebhook,
  retryMessage,
  sendAttachments,
  sendTemplate,
  sendText,
  validate,
} from "./client/livedesk.js";
export { outcomeText } from "./client/outcome-text.js";
export {
  AbortError,
  ApiError,
  ConnectionError,
  DeliveryError,
  LiveDeskError,
  LoadError,
  ResponseError,
  TimeoutError,
  ValidationError,
} from "./errors.js";

// Not exported on purpose: the engine and its loader, the snapshot, and whatever makes the errors.
