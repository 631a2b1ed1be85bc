// The sandbox.

import { LiveDesk } from "engagelab-livedesk";
import type { Sandbox, SandboxMessage } from "engagelab-livedesk/sandbox";
import { createSandbox, reservedConversations } from "engagelab-livedesk/sandbox";

const sandbox: Sandbox = createSandbox({ apiKey: "key", apiSecret: "secret", latency: 5 });
const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", fetch: sandbox.fetch });
await desk.sendText(141, { content: "Hello" });

const stored: SandboxMessage[] | undefined = sandbox.conversations.get(141);
export const name: string | undefined = stored?.[0]?.attachments[0]?.blob.name;
const response: Response = await sandbox.fetch(new Request("https://example.com"), { method: "POST" });
console.log(response.status, createSandbox().conversations.size);
sandbox.reset();

export const ids: number[] = reservedConversations.map(({ id, description }) => id + description.length);

// @ts-expect-error milliseconds
createSandbox({ latency: "5ms" });
// @ts-expect-error an unknown option
createSandbox({ latencyMs: 5 });
// @ts-expect-error they are fixed
reservedConversations.push({ id: 1, description: "x" });
