// The page at /__sandbox: what came in and what is stored, as it comes. It brings everything along.

export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LiveDesk sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/__sandbox/page.css">
<script src="/__sandbox/page.js" defer></script>
</head>
<body>
<header>
<h1>LiveDesk sandbox</h1>
<p id="state" role="status">Loading</p>
<button id="reset" type="button">Forget everything</button>
</header>
<main>
<section aria-labelledby="requests-title">
<h2 id="requests-title">Requests</h2>
<p class="empty" id="no-requests">None yet. Send a message to this address, and it shows up here.</p>
<ol id="requests" reversed></ol>
</section>
<section aria-labelledby="conversations-title">
<h2 id="conversations-title">Conversations</h2>
<p class="empty" id="no-conversations">No message is stored.</p>
<div id="conversations"></div>
</section>
</main>
</body>
</html>
`;

export const STYLE = `:root { color-scheme: light dark; --line: #8885; --soft: #8882; --good: #16803c; --bad: #c62828; --dim: #6b6b6b; }
@media (prefers-color-scheme: dark) { :root { --good: #5fd38d; --bad: #ff8a80; --dim: #a5a5a5; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; padding: .8rem 1.2rem; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.15rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .6rem; }
h3 { font-size: .95rem; margin: 1rem 0 .4rem; }
header p { margin: 0; color: var(--dim); flex: 1 1 12rem; }
main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.6rem; padding: 1.2rem; max-width: 90rem; margin: 0 auto; }
@media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr); } main, header { padding: .8rem; } summary .path { flex-basis: 12rem; } }
ol { list-style: none; margin: 0; padding: 0; }
.empty, .dim { color: var(--dim); }
.empty { margin: 0; }
[hidden] { display: none; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: 0 0 .4rem; }
summary { display: flex; flex-wrap: wrap; gap: .1rem .7rem; padding: .45rem .7rem; cursor: pointer; }
summary .path { flex: 1 1 14rem; min-width: 0; overflow-wrap: anywhere; }
code, pre { font: .86rem/1.4 ui-monospace, monospace; }
pre { margin: 0; padding: .6rem .7rem; border-top: 1px solid var(--line); background: var(--soft); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24rem; overflow: auto; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
.message { border: 1px solid var(--line); border-radius: .4rem; padding: .45rem .7rem; margin: 0 0 .4rem; }
.message p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
button { font: inherit; padding: .25rem .8rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--soft); color: inherit; cursor: pointer; }
`;

export const SCRIPT = `"use strict";
// Text that others sent is only ever put in as text.
const EVERY_MS = 1000;
const MOST_REQUESTS = 200;
const MOST_CONVERSATIONS = 20;
const MOST_MESSAGES = 50;
const $ = (id) => document.getElementById(id);
let seen = "";

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

async function get(path) {
  const response = await fetch("/__sandbox/" + path, { cache: "no-store" });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function showRequest(request) {
  const { answer, fault } = request;
  const row = make("details");
  row.dataset.number = request.number;
  const line = make("summary");
  line.append(make("span", "dim", new Date(request.at).toLocaleTimeString()));
  line.append(make("code", "path", request.method + " " + request.path.replace("/api/v2/accounts/", "/")));
  const isGood = answer && answer.status < 300 && !fault;
  line.append(make("span", isGood ? "good" : "bad", [answer && answer.status, fault].filter(Boolean).join(" ") || "under way"));
  line.append(make("span", "dim", request.stored ? "stored" : "nothing stored"));
  row.append(line, make("pre", "", JSON.stringify(request, null, 2)));
  const item = make("li");
  item.append(row);
  return item;
}

function showMessage(message) {
  const box = make("div", "message");
  const error = message.content_attributes && message.content_attributes.external_error;
  const files = (message.attachments || []).map((file) => file.file_type + ", " + file.file_size + " bytes");
  const line = make("p");
  line.append(make("span", message.status === "failed" ? "bad" : "good", message.status));
  line.append(make("span", "dim", "  " + message.id + (message.private ? "  private note" : "")));
  box.append(line);
  if (message.content !== null) box.append(make("p", "", message.content));
  for (const file of files) box.append(make("p", "dim", file));
  if (error) box.append(make("p", "bad", error));
  return box;
}

function replace(list, items) {
  const open = new Set(Array.from(list.querySelectorAll("details[open]"), (row) => row.dataset.number));
  list.replaceChildren(...items);
  for (const row of list.querySelectorAll("details")) row.open = open.has(row.dataset.number);
}

async function look() {
  const requests = await get("requests?last=" + MOST_REQUESTS);
  const conversations = await get("conversations");
  const shown = [];
  for (const { id } of conversations.slice(-MOST_CONVERSATIONS)) shown.push({ id, messages: await get("conversations/" + id) });
  const now = JSON.stringify([requests, conversations, shown]);
  if (now === seen) return;
  seen = now;
  replace($("requests"), requests.reverse().map(showRequest));
  $("conversations").replaceChildren(...shown.flatMap(({ id, messages }) => [
    make("h3", "", "Conversation " + id),
    ...messages.slice(-MOST_MESSAGES).map(showMessage),
  ]));
  $("no-requests").hidden = requests.length > 0;
  $("no-conversations").hidden = conversations.length > 0;
}

async function keepLooking() {
  try {
    await look();
    $("state").textContent = location.host + ", looked at every second";
  } catch {
    $("state").textContent = "The sandbox does not answer any more.";
  }
  setTimeout(keepLooking, EVERY_MS);
}

$("reset").addEventListener("click", async () => {
  await fetch("/__sandbox/reset", { method: "POST" }).catch(() => {});
  await look().catch(() => {});
});
keepLooking();
`;
