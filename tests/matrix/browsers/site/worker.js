// The suite in a worker of any kind, when it is asked to.

import { onAsked } from "./asked.js";
import { run } from "./run.js";

onAsked(run);
