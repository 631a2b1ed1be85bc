// A stored message as it is answered.

import { field, plain } from "./ruby.js";

/** @import { Rules } from "./versions.js" */

/** @import { SandboxMessage } from "../sandbox.js" */

/**
 * @param {SandboxMessage} message
 * @param {Rules} rules of the version
 * @param {unknown} [echoId] only echoed: a second message with the same one is a second message
 */
export function viewOf(message, rules, echoId) {
  const { additional_attributes: additional, ...shown } = message;
  const isFailed = message.status === "failed";
  if (isFailed && rules.answersFailuresInPart) return failure(message);
  if (additional && rules.answersTemplatesInPart) return template(message);
  if (!rules.alwaysListsAttachments) {
    delete (/** @type {Partial<SandboxMessage>} */ (shown).sorting_id);
    if (shown.attachments?.length === 0) delete shown.attachments;
  }
  return echoId === undefined || echoId === null || echoId === false
    ? shown
    : { ...shown, echo_id: plain(echoId) };
}

/** @param {SandboxMessage} message */
function failure({ id, status, content_attributes }) {
  return { id, status, content_attributes: { external_error: content_attributes.external_error } };
}

/** @param {SandboxMessage} message */
function template({ id, content, message_type, status, additional_attributes }) {
  const [name, language, category] = ["name", "language", "category"].map((key) =>
    field(additional_attributes?.template_params, key),
  );
  const template_params = { name, language, category };
  return { id, content, message_type, status, additional_attributes: { template_params } };
}
