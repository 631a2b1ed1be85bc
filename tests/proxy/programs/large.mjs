// A proxy that takes large messages, and tells at /memory the most that its process has held so far, in bytes.

import { createServer } from "node:http";
import { CREDENTIALS, proxy } from "../../lib/package.mjs";

const MIB = 1024 * 1024;
const [, , baseUrl] = process.argv;
const handle = proxy.createProxy({ ...CREDENTIALS, baseUrl, allow: () => true, maxBytes: 400 * MIB });
const answer = proxy.toNodeHandler(handle);
const server = createServer((incoming, response) => {
  if (incoming.url !== "/memory") return answer(incoming, response);
  response.end(String(process.resourceUsage().maxRSS * 1024));
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
