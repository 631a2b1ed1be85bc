// The suite in a page itself.

import { run } from "./run.js";

say(await run());
