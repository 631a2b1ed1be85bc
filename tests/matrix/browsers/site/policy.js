// One message from the page and one from a worker, both of which have the page's policy.

import { send } from "./send.js";
import { ask, WORKERS } from "./workers.js";

const page = await send();
const worker = await ask(WORKERS["dedicated-worker"].start, "./send-worker.js", "module");
say({ page, worker });
