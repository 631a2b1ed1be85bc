// One message in a worker.

import { onAsked } from "./asked.js";
import { send } from "./send.js";

onAsked(() => send());
