// A service worker that sends when it is asked.

import { LiveDesk } from "engagelab-livedesk";

async function send() {
  const desk = new LiveDesk({ baseUrl: "/desk" });
  return (await desk.sendText(142, { content: "From a service worker" })).status;
}

addEventListener("message", (event) => {
  const answered = send().catch(({ name, message }) => `${name}: ${message}`);
  // It may be stopped before it has answered, unless it says that it is at work.
  event.waitUntil(answered.then((told) => event.ports[0].postMessage(told)));
});
