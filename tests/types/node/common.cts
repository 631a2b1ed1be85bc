// The same by require().

import livedesk = require("engagelab-livedesk");
import files = require("engagelab-livedesk/node");
import sandboxes = require("engagelab-livedesk/sandbox");

const sandbox = sandboxes.createSandbox();
const desk = new livedesk.LiveDesk({ apiKey: "key", apiSecret: "secret", fetch: sandbox.fetch });

export async function send(): Promise<number> {
  const file = await files.fileFromPath("a.txt");
  const message: livedesk.Message = await desk.sendAttachments(141, { attachments: [file] });
  return message.id;
}

export function isRefused(error: unknown): boolean {
  return error instanceof livedesk.ValidationError && error.outcome === "not_sent";
}

// @ts-expect-error content is required
desk.sendText(141, {});
