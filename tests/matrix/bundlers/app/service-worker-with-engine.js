// The same where the engine cannot be loaded later.

import "engagelab-livedesk/engine";
import "./service-worker.js";
