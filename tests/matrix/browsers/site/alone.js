// One message in a service worker that does not import the engine.

import { ask, WORKERS } from "./workers.js";

say(await ask(WORKERS["service-worker"].start, "./send-worker.js", "module"));
