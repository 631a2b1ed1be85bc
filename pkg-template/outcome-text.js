// What a failed call comes to, for the person who pressed Send: no word of developers, no number, no content.

import { DeliveryError, LiveDeskError } from "./errors.js";

const LOOK = "please look at the conversation before you send it again";
const LATER = "please try again in a moment";
const TELL = "please tell whoever looks after this app";

/** Why nothing went out, and what to do. */
const NOT_SENT = {
  invalid_input: "something about it has to be put right first",
  not_connected: `LiveDesk could not be reached; ${LATER}`,
  certificate_refused: `no safe connection to LiveDesk could be made; ${TELL}`,
  authorization_failed: `this app could not sign in to LiveDesk; ${TELL}`,
  form_failed: "its files could not be prepared; please attach them again",
  file_unreadable: "one of its files could not be read; please attach it again",
  timeout: `it took too long; ${LATER}`,
  total_timeout: `it took too long; ${LATER}`,
  aborted: "it was stopped before it left",
  load_failed: `this app could not be loaded in full; ${LATER}`,
  redirected: `this app calls LiveDesk at the wrong address; ${TELL}`,
  unauthorized: `this app is not allowed to write to this conversation; ${TELL}`,
  not_found: `its conversation was not found; ${TELL}`,
  too_large: "it is too large; please send less text or smaller files",
  rate_limited: "too many messages were sent at once; please try again in a minute",
  invalid_request: "LiveDesk did not accept it; please check what you wrote",
};

/** What to do about a message that was not delivered. */
const NOT_DELIVERED = {
  retry_now: "please try to deliver it again in a moment",
  retry_later: "please try to deliver it again later",
  wait: "please wait a day before you write to this customer again",
  use_template: "the customer last wrote too long ago, so please send a template instead",
  fix_request: "please correct it and send it as a new message",
  fix_account: `the channel's account has to be put right first; ${TELL}`,
  never: "please reach this customer another way",
};
const NO_ADVICE = "please decide what to do before you try again";

/** One sentence about what became of the message, in plain English; of anything but a LiveDeskError, too. */
export function outcomeText(error) {
  try {
    if (error instanceof LiveDeskError) return sentence(error);
  } catch {
    // A Proxy or getter that throws is none of ours.
  }
  return `Something went wrong in this app, and your message may or may not have been sent; ${LOOK}.`;
}

function sentence(error) {
  const { outcome, code, messageId, failure } = error;
  const isDelivery = error instanceof DeliveryError;
  const isRetry = messageId !== undefined && !isDelivery;
  if (isDelivery || outcome === "failed") {
    return code === "attachments_lost"
      ? "Your message is in the conversation, but without some of its files; please send those again."
      : `Your message is in the conversation, but it was not delivered; ${of(NOT_DELIVERED, failure?.class, NO_ADVICE)}.`;
  }
  if (outcome === "not_sent" || outcome === "rejected") {
    const what = isRetry ? "The message was not sent again" : "Your message was not sent";
    const why = of(NOT_SENT, code, undefined);
    return why ? `${what}, because ${why}.` : `${what}; ${LATER}.`;
  }
  return isRetry
    ? "The message may be on its way again; please look at the conversation before you retry it."
    : `Your message may or may not have been sent; ${LOOK}.`;
}

function of(texts, key, otherwise) {
  return Object.hasOwn(texts, key ?? "") ? texts[key] : otherwise;
}
