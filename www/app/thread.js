// What this page has sent, by conversation. LiveDesk documents no call that reads a conversation, so this
// is what the answers said, and no more.

import { bubble } from "./bubble.js";
import { byId, make } from "./dom.js";

const threads = new Map();
const list = byId("thread");
let shown = "";
let actions;

/** `retry(entry)` and `reply(message)` are what a bubble's buttons do. */
export function startThread(wanted) {
  actions = wanted;
}

export function showThread(conversation) {
  shown = conversation;
  byId("chat-title").textContent = conversation === "" ? "No conversation" : `Conversation ${conversation}`;
  show();
}

/**
 * Adds an entry: `{ conversation, state, at, content, private, files, template, message, failure }`, where
 * `state` is `sending`, `answered` or `unknown`, and `files` and `template` are what was sent.
 */
export function addEntry(entry) {
  entry.item = make("li", { tabIndex: -1 });
  entriesOf(entry.conversation).push(entry);
  draw(entry);
  show();
  return entry;
}

export function updateEntry(entry, changes) {
  Object.assign(entry, changes);
  const focused = entry.item.contains(document.activeElement);
  draw(entry);
  // The button that was pressed is gone; the keyboard stays where it was.
  if (focused) entry.item.focus({ preventScroll: true });
}

export function removeEntry(entry) {
  const others = entriesOf(entry.conversation).filter((other) => other !== entry);
  threads.set(entry.conversation, others);
  show();
}

export function findEntry(conversation, id) {
  return entriesOf(conversation).find(({ message }) => String(message?.id) === String(id));
}

export function failedEntries(conversation) {
  return entriesOf(conversation).filter(({ message }) => message?.status === "failed");
}

function entriesOf(conversation) {
  if (!threads.has(conversation)) threads.set(conversation, []);
  return threads.get(conversation);
}

function draw(entry) {
  const repliedTo = entry.message?.content_attributes?.in_reply_to;
  const quoted = repliedTo && findEntry(entry.conversation, repliedTo)?.message;
  bubble(entry, quoted, actions);
}

function show() {
  const items = entriesOf(shown).map(({ item }) => item);
  const empty = make("li", { className: "empty", textContent: "Nothing sent to this conversation yet." });
  list.replaceChildren(...(items.length > 0 ? items : [empty]));
  list.scrollTop = list.scrollHeight;
}
