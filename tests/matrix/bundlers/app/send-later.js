// A page that sends when a test asks: what became of the message, in a few words.

import { LiveDesk } from "engagelab-livedesk";

const desk = new LiveDesk({ baseUrl: "/desk" });

globalThis.send = () =>
  desk.sendText(142, { content: "From a page" }).then(
    ({ status }) => status,
    ({ name, outcome }) => `${name} ${outcome}`,
  );
