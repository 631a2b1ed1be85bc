// A module that compiles only if the types declare exactly what the package has when it runs: no export more, no
// method less.

import { bullmq, files, livedesk, proxy, sandbox, sandboxOnPort } from "./package.mjs";

const ENTRIES = {
  "engagelab-livedesk": livedesk,
  "engagelab-livedesk/engine": {},
  "engagelab-livedesk/node": files,
  "engagelab-livedesk/proxy": proxy,
  "engagelab-livedesk/bullmq": bullmq,
  "engagelab-livedesk/sandbox": sandbox,
  "engagelab-livedesk/sandbox/node": sandboxOnPort,
};

/** The text of the module. */
export function declaredExports() {
  const entries = Object.entries(ENTRIES).map(([entry, names], index) =>
    record(`entry${index}`, `typeof import("${entry}")`, Object.keys(names)),
  );
  const methods = Object.getOwnPropertyNames(livedesk.LiveDesk.prototype);
  const client = record(
    "client",
    'InstanceType<(typeof import("engagelab-livedesk"))["LiveDesk"]>',
    methods.filter((name) => name !== "constructor"),
  );
  return [...entries, client].join("\n");
}

function record(name, type, keys) {
  const fields = keys.filter((key) => key !== "default").map((key) => `${JSON.stringify(key)}: true`);
  return `export const ${name}: Record<keyof ${type}, true> = { ${fields.join(", ")} };`;
}
