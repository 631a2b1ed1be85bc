// The sandbox.

import type { Message } from "engagelab-livedesk";
import { explainFailure, LiveDesk } from "engagelab-livedesk";
import type { Sandbox, SandboxEvent, SandboxMessage, SandboxStep } from "engagelab-livedesk/sandbox";
import { createSandbox, reservedConversations } from "engagelab-livedesk/sandbox";
import type { ServedSandbox } from "engagelab-livedesk/sandbox/node";
import { serveSandbox } from "engagelab-livedesk/sandbox/node";

const sandbox: Sandbox = createSandbox({ apiKey: "key", apiSecret: "secret", latency: 5 });
const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", fetch: sandbox.fetch });
await desk.sendText(141, { content: "Hello" });

const stored: SandboxMessage[] | undefined = sandbox.conversations.get(141);
export const name: string | undefined = stored?.[0]?.attachments?.[0]?.blob.name;
const response: Response = await sandbox.fetch(new Request("https://example.com"), { method: "POST" });
console.log(response.status, createSandbox().conversations.size);
sandbox.reset();

export const ids: number[] = reservedConversations.map(({ id, description }) => id + description.length);

// A stored message is one for the client, also under exactOptionalPropertyTypes.
for (const message of sandbox.conversations.get(141) ?? []) {
  await desk.retryMessage(141, message);
  await explainFailure(message);
}
declare const kept: SandboxMessage;
const message: Message = kept;
export const reason: string | null | undefined = message.content_attributes?.external_error;

const steps: SandboxStep[] = [
  "ok",
  "offline",
  { status: 429, headers: { "Retry-After": 1 }, body: "Retry later", store: false },
  { status: 422, body: { error: "x" }, delay: 5 },
  { cut: "head", store: true },
  { stall: true },
  { stall: 500 },
  { external_error: "131049: x" },
  { redirect: "/x", status: 307 },
  { refuse: true },
  { reset: true, store: false },
];
sandbox.script(141, steps);
sandbox.script(141n, [{ status: 500 }]);
sandbox.failLater(message.id, "131049: x", { afterMs: 300_000 });
sandbox.deliver(message.id, "read");
await sandbox.advance(300_000);
for (const { path, parts, answer, stored } of sandbox.requests) {
  const part = parts?.[0];
  console.log(path, answer?.status, stored, part && ("sha256" in part ? part.fileName : part.value));
}
createSandbox({ keep: 100, webhook: (event: SandboxEvent) => event.conversation.messages[0]?.status });
createSandbox({ keep: { messages: 5, bytes: undefined }, webhook: new URL("https://example.com") });
const served: ServedSandbox = await serveSandbox({ port: 0, host: "0.0.0.0", hosts: ["desk"], latency: 5 });
served.sandbox.script(141, ["ok"]);
await served.close();

// @ts-expect-error an answer has a head and a body
sandbox.script(141, [{ cut: "tail" }]);
// @ts-expect-error no part of a step
sandbox.script(141, [{ stauts: 500 }]);
// @ts-expect-error a message that failed is made so by failLater
sandbox.deliver(message.id, "failed");
// @ts-expect-error milliseconds
createSandbox({ latency: "5ms" });
// @ts-expect-error an unknown option
createSandbox({ latencyMs: 5 });
// @ts-expect-error they are fixed
reservedConversations.push({ id: 1, description: "x" });
