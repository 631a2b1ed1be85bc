// What a failed call comes to, for the person who pressed Send: no word of developers, no number, no content.

import { DeliveryError, LiveDeskError } from "../errors.js";

const LOOK = "please look at the conversation before you";
const LATER = "please try again later";
const TELL = "please tell whoever looks after this app";
const FILES = "its files could not be read; please attach them again";

/**
 * Why nothing went out, and what to do, where that is more than to try again later. A function, as the next one, since
 * bundlers keep what they might have to evaluate: a page that never asks shall not pay for the sentences.
 */
const notSent = (setUp = `this app is not set up as it should be; ${TELL}`) => ({
  invalid_input: "it is not complete, or not allowed as it is; please check what you wrote and attached",
  certificate_refused: setUp,
  redirected: setUp,
  authorization_failed: setUp,
  unauthorized: `this app is not allowed to write to LiveDesk; ${TELL}`,
  not_found: `its conversation was not found; ${TELL}`,
  form_failed: FILES,
  file_unreadable: FILES,
  aborted: "it was stopped before it left",
  too_large: "it is too large; please send less text or smaller files",
  invalid_request: "LiveDesk did not accept it; please check what you wrote",
});

/** What to do about a message that was not delivered. */
const notDelivered = () => ({
  retry_now: LATER,
  retry_later: LATER,
  wait: "please wait a day before you write to this customer again",
  use_template: "the customer last wrote too long ago, so please use an approved template",
  fix_request: "please correct it and send it as a new message",
  fix_account: `the channel's account has to be put right first; ${TELL}`,
  never: "please reach this customer another way",
});

/**
 * One sentence about what became of the message, in plain English; of anything but a LiveDeskError, too.
 * @param {unknown} error
 */
export function outcomeText(error) {
  try {
    if (error instanceof LiveDeskError) return sentence(error);
  } catch {
    // A Proxy or getter that throws is none of ours.
  }
  return `Something went wrong in this app, and your message may or may not have been sent; ${LOOK} send it again.`;
}

/** @param {{ outcome: unknown; code: unknown; messageId?: unknown; failure?: { class?: unknown } }} error */
function sentence(error) {
  const { outcome, code, messageId, failure } = error;
  if (error instanceof DeliveryError || outcome === "failed") {
    const there = "Your message is in the conversation, but";
    if (code === "attachments_lost") return `${there} without some of its files; please send those again.`;
    const advice = of(notDelivered(), failure?.class) ?? "please decide what to do before you try again";
    return `${there} it was not delivered; ${advice}.`;
  }
  const isRetry = messageId !== undefined;
  if (outcome === "not_sent" || outcome === "rejected") {
    const what = isRetry ? "The message was not sent again" : "Your message was not sent";
    const why = of(notSent(), code);
    return why ? `${what}, because ${why}.` : `${what}; ${LATER}.`;
  }
  return isRetry
    ? `The message may be on its way again; ${LOOK} retry it.`
    : `Your message may or may not have been sent; ${LOOK} send it again.`;
}

/**
 * @param {Record<string, string>} texts
 * @param {unknown} key
 */
function of(texts, key) {
  return typeof key === "string" && Object.hasOwn(texts, key) ? texts[key] : undefined;
}
