// With neither the types of a page nor Node's: the package brings what it needs.

import { LiveDesk, LiveDeskError } from "engagelab-livedesk";
import { fileFromPath } from "engagelab-livedesk/node";
import { createSandbox } from "engagelab-livedesk/sandbox";
import type { FetchInit, Message } from "./names.mjs";

const fetch = async (url: string, init: FetchInit) => ({
  status: 200,
  headers: { get: () => null },
  text: async () => `${init.method} ${url}`,
});
const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", fetch });

export async function send(): Promise<Message | undefined> {
  try {
    const file = await fileFromPath("a.txt");
    await desk.sendAttachments(141, { attachments: [file, { data: new Uint8Array(1), name: "a.bin" }] });
    return await desk.sendText(141, { content: "Hello" });
  } catch (error) {
    if (error instanceof LiveDeskError && error.outcome === "not_sent") return undefined;
    throw error;
  }
}

const sandbox = createSandbox();
export const tested = new LiveDesk({ apiKey: "key", apiSecret: "secret", fetch: sandbox.fetch });
export const status: Promise<number> = sandbox
  .fetch("https://example.com/", { method: "POST", headers: {}, redirect: "manual", signal: new Stop() })
  .then((response) => response.status);

declare class Stop {
  readonly aborted: boolean;
  addEventListener(): void;
  removeEventListener(): void;
}
