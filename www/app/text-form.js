import { wholeNumber } from "./numbers.js";

/** Sent: nothing is to go out twice. */
export function clearText(form) {
  const { content, in_reply_to: replied } = form.elements;
  content.value = "";
  replied.value = "";
}

/** What the Text tab says, as sendText takes it. */
export function readText(form) {
  const { content, private: note, in_reply_to: replied } = form.elements;
  const message = { content: content.value };
  if (note.checked) message.private = true;
  const inReplyTo = wholeNumber(replied.value);
  if (inReplyTo !== undefined) message.content_attributes = { in_reply_to: inReplyTo };
  return message;
}
