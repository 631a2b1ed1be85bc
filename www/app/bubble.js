// One message of the conversation.

import { make } from "./dom.js";
import { previews } from "./previews.js";

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** Draws an entry into its own list item; `quoted` is the message it replies to, when this page sent it. */
export function bubble(entry, quoted, actions) {
  const { item, message, state } = entry;
  const status = message?.status ?? state;
  item.className = `bubble is-${status}${entry.private ? " note" : ""}`;
  // Kept from the first drawing: a player that is replaced stops playing.
  entry.previews ??= previews(entry.files ?? []);
  item.replaceChildren(
    ...[
      label(entry),
      quote(message, quoted),
      text(message?.content ?? entry.content),
      templateValues(entry.template),
      ...entry.previews,
      attachmentFacts(message),
      foot(entry, status, actions),
      state === "unknown" ? make("p", { className: "bubble-alert", textContent: MAYBE }) : undefined,
      status === "failed" ? failed(entry, actions) : undefined,
    ].filter(Boolean),
  );
}

const MAYBE = "There was no readable answer: LiveDesk may have stored this message, or not.";

function label({ private: note, message, template: sent }) {
  if (note) return make("p", { className: "bubble-label", textContent: "Private note" });
  // A failed template is answered without its name.
  const template = message?.additional_attributes?.template_params ?? sent;
  if (!template) return undefined;
  const facts = [template.name, template.language, template.category].filter(Boolean);
  return make("p", { className: "bubble-label", textContent: ["Template", ...facts].join(" · ") });
}

function quote(message, quoted) {
  const id = message?.content_attributes?.in_reply_to;
  if (!id) return undefined;
  const shown = quoted?.content ?? "a message this page has not sent";
  return make(
    "blockquote",
    {},
    make("span", { textContent: `Reply to ${id}` }),
    make("span", { textContent: shown }),
  );
}

function text(content) {
  return content ? make("p", { className: "bubble-text", textContent: content }) : undefined;
}

/** What was filled in; the template's own words are Meta's to keep. */
function templateValues(template) {
  if (!template) return undefined;
  const {
    header_params: header,
    processed_params: body,
    footer_params: footer,
    button_params: buttons,
  } = template;
  const rows = [
    ["Header", header && headerValue(header)],
    ...Object.entries(body ?? {}).map(([name, value]) => [`Variable ${name}`, value]),
    ["Footer", footer?.text_variables[1]],
    ...(buttons ?? []).map(({ index, text: open, payload }) => [`Button ${index}`, open ?? payload]),
  ].filter(([, value]) => value);
  const pairs = rows.flatMap(([term, value]) => [
    make("dt", { textContent: term }),
    make("dd", { textContent: value }),
  ]);
  return pairs.length > 0 ? make("dl", {}, ...pairs) : undefined;
}

function headerValue({ type, text_variables: variables, media_url: url, location }) {
  if (type === "text") return variables[1];
  return url ?? [location.name, `${location.latitude}, ${location.longitude}`].filter(Boolean).join(": ");
}

function attachmentFacts(message) {
  const types = (message?.attachments ?? []).map(({ file_type: type }) => type);
  return types.length > 0
    ? make("p", { className: "bubble-facts", textContent: `Stored as ${types.join(", ")}` })
    : undefined;
}

function foot({ message, at }, status, { reply }) {
  const time = message?.created_at ? new Date(message.created_at * 1000) : at;
  const facts = [
    make("time", { dateTime: time.toISOString(), textContent: TIME.format(time) }),
    make("span", { className: "status", textContent: status === "unknown" ? "not known" : status }),
  ];
  if (message?.id === undefined) return make("p", { className: "bubble-foot" }, ...facts);
  const button = make("button", {
    type: "button",
    className: "link",
    textContent: "Reply",
    "aria-label": `Reply to message ${message.id}`,
  });
  button.addEventListener("click", () => reply(message));
  return make(
    "p",
    { className: "bubble-foot" },
    button,
    make("span", { className: "bubble-id", textContent: `#${message.id}` }),
    ...facts,
  );
}

function failed(entry, { retry }) {
  const { failure } = entry;
  const button = make("button", {
    type: "button",
    textContent: "Retry",
    "aria-label": `Retry message ${entry.message.id}`,
  });
  button.addEventListener("click", () => retry(entry));
  return make(
    "div",
    { className: "bubble-alert" },
    failure?.raw ? make("strong", { textContent: failure.raw }) : "",
    failure ? make("p", { textContent: failure.advice }) : "",
    button,
  );
}
