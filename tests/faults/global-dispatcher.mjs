// The dispatcher of all that this process fetches.

import { getGlobalDispatcher, setGlobalDispatcher } from "undici";

/** Takes its place for one test. */
export function use(t, agent) {
  const own = getGlobalDispatcher();
  setGlobalDispatcher(agent);
  t.after(() => {
    setGlobalDispatcher(own);
    return agent.destroy();
  });
}
