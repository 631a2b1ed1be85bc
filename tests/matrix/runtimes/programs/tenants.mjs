// Crosses tenants where AsyncLocalStorage is Node's: Node, Deno and Bun. The last line is the result.

import { AsyncLocalStorage } from "node:async_hooks";
import * as livedesk from "engagelab-livedesk";
import { crossTenants } from "./contexts.mjs";
import { tell } from "./tell.mjs";

console.log(JSON.stringify(await crossTenants({ livedesk, AsyncLocalStorage, baseUrl: tell.origin })));
