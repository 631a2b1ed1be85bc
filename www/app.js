// Wires the page together. It holds no credentials: the server that serves it adds them.

import { LiveDesk, validate } from "/pkg/index.js";
import { clearAttachments, readAttachments, startAttachments } from "./app/attachments-form.js";
import { byId } from "./app/dom.js";
import { showMode } from "./app/mode.js";
import { wholeNumber } from "./app/numbers.js";
import { clearReport, reportError } from "./app/report.js";
import { showFailed } from "./app/retry-form.js";
import { check, onEvent, retryOne, sendNew } from "./app/sending.js";
import { showTab, startTabs } from "./app/tabs.js";
import { readTemplate, startTemplate } from "./app/template-form.js";
import { clearText, readText } from "./app/text-form.js";
import { showThread, startThread } from "./app/thread.js";

const { live } = await (await fetch("sandbox.json")).json();
// A sandbox is reached directly, so that the page sees its failures as they are.
const desk = new LiveDesk({ baseUrl: location.origin, proxy: live, onEvent });
const conversationField = byId("conversation");
const conversation = () => conversationField.value.trim();

const KINDS = {
  text: {
    read: readText,
    send: (...call) => desk.sendText(...call),
    shown: (message) => ({ private: message.private }),
    sent: clearText,
  },
  attachments: {
    read: readAttachments,
    send: (...call) => desk.sendAttachments(...call),
    shown: (message) => ({ files: message.attachments }),
    sent: clearAttachments,
  },
  template: {
    read: readTemplate,
    send: (...call) => desk.sendTemplate(...call),
    shown: (message) => ({ template: message.template_params }),
    sent: () => {},
  },
};

for (const [kind, { read, send, shown, sent }] of Object.entries(KINDS)) {
  const form = byId(`${kind}-form`);
  onSubmit(form, async () => {
    const message = read(form);
    const number = conversation();
    const entry = { conversation: number, content: message.content, ...shown(message) };
    if (await sendNew(entry, (options) => send(number, message, options))) sent(form);
    showFailed(conversation());
  });
  form.querySelector("[data-check]").addEventListener("click", () => {
    if (form.reportValidity()) check(() => validate(kind, read(form)));
  });
}

const retryForm = byId("retry-form");
onSubmit(retryForm, () => retry(conversation(), wholeNumber(retryForm.elements.message.value) ?? ""));

/** `message` is a Message, which the client refuses when it has not failed, or a number. */
async function retry(number, message) {
  await retryOne(number, message.id ?? message, (options) =>
    desk.retryMessage(number, message, { ...options, force: true }),
  );
  showFailed(conversation());
}

function reply(message) {
  byId("in-reply-to").value = message.id;
  showTab("text");
  byId("text-content").select();
}

function openConversation() {
  clearReport();
  showThread(conversation());
  showFailed(conversation());
}

function onSubmit(form, action) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // The package checks what is sent; this asks only what cannot be read from the form at all.
    if (form.reportValidity()) action();
  });
}

startThread({ reply, retry: (entry) => retry(entry.conversation, entry.message) });
startTabs(clearReport);
startAttachments(byId("attachments-form"));
startTemplate();
conversationField.addEventListener("input", openConversation);
openConversation();
showMode((number) => {
  conversationField.value = number;
  openConversation();
}).catch(reportError);
