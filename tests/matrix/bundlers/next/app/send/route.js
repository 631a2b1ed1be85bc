// A route of the server's, in Node.

import { LiveDesk } from "engagelab-livedesk";

export async function POST() {
  const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl: process.env.SANDBOX_URL });
  try {
    const { status } = await desk.sendText(141, { content: "From a route" });
    return Response.json({ status });
  } catch ({ name, code, outcome, message }) {
    return Response.json({ name, code, outcome, message });
  }
}
