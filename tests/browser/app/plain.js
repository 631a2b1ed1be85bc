// A page without any tool: the package's files as they are.

import * as livedesk from "/package/index.js";
import { errorOf, makeCalls } from "./calls.js";

Object.assign(globalThis, { livedesk, errorOf, makeCalls });
