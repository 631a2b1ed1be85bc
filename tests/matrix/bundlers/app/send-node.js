// What bundlers for servers get: it sends to the sandbox that SANDBOX_URL names, and prints what came of it.

import { createServer } from "node:http";
import { LiveDesk, ValidationError } from "engagelab-livedesk";
import { fileFromPath } from "engagelab-livedesk/node";
import { reservedConversations } from "engagelab-livedesk/sandbox";

const { SANDBOX_URL: baseUrl, SENT_FILE: path } = process.env;

async function main() {
  const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl });
  const text = await desk.sendText(141, { content: "Grüße 👋" });
  const attachments = [await fileFromPath(path, { name: "a.txt" })];
  const file = await desk.sendAttachments(141, { attachments });
  const refused = await desk.sendText(141, { contents: "Hello" }).catch((error) => error);
  const seen = {
    statuses: [text.status, file.status],
    refused: refused instanceof ValidationError && refused.outcome,
    reserved: reservedConversations.length > 0,
    server: typeof createServer,
  };
  console.log(`RESULT ${JSON.stringify(seen)}`);
}

main();
