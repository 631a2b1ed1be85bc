import { byId, make } from "./dom.js";
import { failedEntries } from "./thread.js";

/** Offers the failed messages of the conversation, so that no number has to be typed. */
export function showFailed(conversation) {
  const items = failedEntries(conversation).map(({ message, failure }) => {
    const why = failure?.code ? ` (${failure.code})` : "";
    const button = make("button", { type: "button", textContent: `${message.id}${why}` });
    button.addEventListener("click", () => {
      byId("message-id").value = message.id;
      byId("message-id").focus();
    });
    return make("li", {}, button);
  });
  byId("failed-here").replaceChildren(...items);
}
