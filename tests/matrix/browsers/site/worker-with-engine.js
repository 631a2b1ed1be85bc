// The same in a worker that cannot load the engine later.

import "/package/engine.js";
import "./worker.js";
