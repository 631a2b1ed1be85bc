// Calls of many tenants at once, each in its own AsyncLocalStorage: whatever a callback sees there has to be its own
// call's. Runs in every runtime that has one; nothing but that class is asked of it.

const CALLS = 20;
const LATER_MS = 5;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves to what was wrong, in words, and how many calls were made. Tenants are conversations at `baseUrl`. */
export async function crossTenants({ livedesk, AsyncLocalStorage, baseUrl }) {
  const wrong = [];
  let next = 1;
  for (const isAsync of [false, true]) {
    for (const spread of [0, LATER_MS]) {
      const als = new AsyncLocalStorage();
      const options = optionsOf(als, isAsync, wrong, baseUrl);
      const desk = new livedesk.LiveDesk(options);
      const calls = Array.from({ length: CALLS }, (_, index) => {
        const tenant = next + index;
        const send = (message) =>
          index % 2 ? desk.sendText(tenant, message) : livedesk.sendText(options, tenant, message);
        return als.run({ tenant }, async () => {
          if (spread) await sleep(spread * (index % 7));
          const message = await send({ content: `for ${tenant}` });
          check(als, tenant, "after the call", wrong);
          return message;
        });
      });
      for (const result of await Promise.allSettled(calls)) {
        if (result.status === "rejected") wrong.push(String(result.reason));
      }
      if (als.getStore() !== undefined) wrong.push("a store outlived its call");
      next += CALLS;
    }
  }
  return { wrong, calls: next - 1 };
}

function check(als, tenant, where, wrong) {
  const seen = als.getStore()?.tenant;
  if (seen !== tenant) wrong.push(`${where} of tenant ${tenant}: ${seen}`);
}

/** One client's, for all tenants. */
function optionsOf(als, isAsync, wrong, baseUrl) {
  const key = () => `Tenant ${als.getStore()?.tenant}`;
  return {
    baseUrl,
    authorization: isAsync ? () => sleep(LATER_MS).then(key) : key,
    onEvent: ({ type, conversationId }) => check(als, conversationId, type, wrong),
    fetch: async (url, init) => {
      const tenant = Number(/conversations\/(\d+)/.exec(url)[1]);
      check(als, tenant, "fetch", wrong);
      const response = await fetch(url, init);
      check(als, tenant, "after fetch", wrong);
      return response;
    },
  };
}
