// A Worker of Cloudflare's that sends text, and a file large enough to be sent differently in Node.

import { LiveDesk } from "engagelab-livedesk";

export default {
  async fetch(_, { SANDBOX_URL }) {
    const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl: SANDBOX_URL });
    const data = new Uint8Array(2 * 1024 * 1024);
    try {
      const text = await desk.sendText(141, { content: "From a Worker" });
      const file = await desk.sendAttachments(141, { attachments: [{ data, name: "large.png" }] });
      return Response.json({ statuses: [text.status, file.status] });
    } catch ({ name, code, outcome, message, cause }) {
      return Response.json({ name, code, outcome, message, cause: String(cause) });
    }
  },
};
