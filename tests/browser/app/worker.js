// Whether a worker of a page may hold a secret, and whether it can send without one.

import { LiveDesk } from "/package/index.js";
import { errorOf } from "./calls.js";

const guard = await errorOf((async () => new LiveDesk({ apiKey: "key", apiSecret: "secret" }))());
const message = await new LiveDesk({ baseUrl: "/desk" }).sendText(141, { content: "From a worker" });
postMessage({ guard: guard.seen, status: message.status });
