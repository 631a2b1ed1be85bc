// A proxy in a process of its own: `node proxy.mjs <LiveDesk's address> [Redis' address]`. Prints its own.

import { createServer } from "node:http";
import { Redis } from "ioredis";
import { CREDENTIALS, proxy } from "../../lib/package.mjs";

const [, , baseUrl, redis] = process.argv;
const store = redis ? proxy.redisStore(new Redis(redis)) : undefined;
const handle = proxy.createProxy({ ...CREDENTIALS, baseUrl, store, allow: () => true });
const server = createServer(proxy.toNodeHandler(handle));
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
