// The entry of the app that Vite builds: the package comes from node_modules.

import * as livedesk from "engagelab-livedesk";
import { makeCalls } from "./calls.js";

globalThis.result = makeCalls(livedesk);
