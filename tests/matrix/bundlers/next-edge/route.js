// A route in Next's other runtime, which on Vercel compiles no bytes: only a module that was deployed as one.

import { LiveDesk } from "engagelab-livedesk";

export const runtime = "edge";

export async function POST() {
  const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", baseUrl: process.env.SANDBOX_URL });
  try {
    const { status } = await desk.sendText(141, { content: "From a route" });
    return Response.json({ status });
  } catch ({ name, code, outcome, message }) {
    return Response.json({ name, code, outcome, message });
  }
}
