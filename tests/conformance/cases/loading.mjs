// An engine that cannot be started, then can.

import { equal } from "../check.mjs";

export const cases = {
  "an engine that cannot start is a LoadError, and the next call starts it": async ({
    client,
    rejection,
    seen,
  }) => {
    const desk = client();
    const { compile, Instance, Module } = WebAssembly;
    const broken = () => {
      throw new Error("broken on purpose");
    };
    // Not an arrow: these are called with new.
    function Broken() {
      broken();
    }
    Object.assign(WebAssembly, { compile: async () => broken(), Instance: Broken });
    try {
      const fields = { code: "load_failed", outcome: "not_sent" };
      await rejection(desk.sendText(141, { content: "Hello" }), "LoadError", fields);
    } finally {
      Object.assign(WebAssembly, { compile, Instance, Module });
    }
    equal((await seen()).requests, []);
    equal((await desk.sendText(141, { content: "Hello" })).status, "sent");
    equal((await seen()).stored, 1);
  },
};
