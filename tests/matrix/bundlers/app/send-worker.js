// A page's worker that sends.

import { LiveDesk } from "engagelab-livedesk";

async function send() {
  const desk = new LiveDesk({ baseUrl: "/desk" });
  return (await desk.sendText(142, { content: "From a worker" })).status;
}

send().then(postMessage, (error) => postMessage(`${error.name}: ${error.message}`));
