// The client against the sandbox in each of its versions: the whole conformance suite.

import { describe, test } from "node:test";
import { startConformanceServer } from "../conformance/server.mjs";
import { runProgram } from "../matrix/runtimes/folder.mjs";

describe("the client keeps its promises", () => {
  for (const version of ["documented", "4.12", "4.15"]) {
    test(`towards a sandbox of version ${version}`, async (t) => {
      const { url } = await startConformanceServer(t, { version });
      await runProgram(t, [process.execPath, "import.mjs"], url);
    });
  }
});
