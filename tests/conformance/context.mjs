// What a case is given: the package, clients of the conformance server, and what that server saw of this
// case alone.

import { caught, checkError } from "./check.mjs";

export const CREDENTIALS = { apiKey: "key-a81f", apiSecret: "secret-77b2" };
export const AUTHORIZATION = `Basic ${btoa(`${CREDENTIALS.apiKey}:${CREDENTIALS.apiSecret}`)}`;

/** Everything below `key` on the server belongs to one case. */
export function context({ livedesk, origin, platform, key }) {
  const base = `${origin}/run/${key}`;
  /** The base address of a fault that is named as in tests/faults/faults.mjs. */
  const faultUrl = (name) => `${base}/faults/${encodeURIComponent(name)}`;
  let asked = 0;
  /** The runtime's own, counted: a platform that repeats a request by itself cannot hide that the package did. */
  const countedFetch = (...call) => {
    asked += 1;
    return fetch(...call);
  };
  const optionsFor = (baseUrl, options) => ({
    ...CREDENTIALS,
    baseUrl,
    dangerouslyAllowBrowser: true,
    ...options,
  });
  return {
    livedesk,
    origin,
    platform,
    sandboxUrl: `${base}/sandbox`,
    faultUrl,
    /** The options of a client of the sandbox. */
    options: (more) => optionsFor(`${base}/sandbox`, more),
    /** A client of the sandbox. */
    client: (more) => new livedesk.LiveDesk(optionsFor(`${base}/sandbox`, more)),
    /** A client of a server with that fault. */
    faulty: (name, more) =>
      new livedesk.LiveDesk(optionsFor(faultUrl(name), { fetch: countedFetch, ...more })),
    /** How often such a client has called fetch. */
    asked: () => asked,
    /** `{ stored, messages, requests, elsewhere }` of this case. */
    seen: async () => (await fetch(`${origin}/stored?key=${key}`)).json(),
    /** The LiveDeskError of that class and with these fields that a call was rejected with. */
    rejection: async (promise, name, fields) => checkError(livedesk, await caught(promise), name, fields),
  };
}

/** Resolves after `ms`. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
