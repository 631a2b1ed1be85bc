// One message after the other, while the engine is lost on its way to the page.

import { send } from "./send.js";

const key = Math.random().toString(36).slice(2);
const livedesk = await import(`./package-${key}/index.js`);
const lost = [await send(livedesk), await send(livedesk)];
await fetch(`./package-${key}/found`);
const sent = [await send(livedesk), await send(livedesk)];
say({ sent: [...lost, ...sent] });
