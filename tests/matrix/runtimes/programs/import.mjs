// Runs the suite where the package is imported: Node, Deno and Bun. The last line is the result.

import * as livedesk from "engagelab-livedesk";
import { conform } from "./conformance/suite.mjs";
import { tell } from "./tell.mjs";

const loaded = import.meta.resolve("engagelab-livedesk");
tell(await conform({ livedesk, origin: tell.origin }), loaded);
