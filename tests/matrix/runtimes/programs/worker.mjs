// A worker of workerd that runs the suite, or a few calls, when it is asked to.

import { conform } from "./conformance/suite.mjs";
import { crossTenants } from "./contexts.mjs";
import * as livedesk from "./engagelab-livedesk/index.workerd.js";

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const origin = searchParams.get("origin");
    if (pathname === "/conform") return Response.json(await conform({ livedesk, origin }));
    if (pathname === "/tenants") {
      // Only with a flag.
      const { AsyncLocalStorage } = await import("node:async_hooks");
      return Response.json(await crossTenants({ livedesk, AsyncLocalStorage, baseUrl: origin }));
    }
    return Response.json(await makeCalls(searchParams.get("baseUrl"), searchParams.get("name")));
  },
};

let desk;

/** With the one client that all requests to this worker share. */
async function makeCalls(baseUrl, name) {
  desk ??= new livedesk.LiveDesk({ apiKey: "key-a81f", apiSecret: "secret-77b2", baseUrl });
  const contents = [0, 1, 2].map((index) => `${name}, ${index}`);
  const answers = [];
  for (const content of contents) answers.push((await desk.sendText(141, { content })).content);
  const refused = await desk.sendText(141, {}).catch((error) => error.name);
  return { answers, refused };
}
