// Bun's bundler.

import assert from "node:assert/strict";
import { run } from "../../lib/command.mjs";
import { bunProgram, versionOf } from "../lib/tools.mjs";
import { quiet } from "./child.mjs";
import { PAGE_ENTRIES, pageCell, programCell } from "./entries.mjs";

export function bunCells() {
  const version = () => versionOf("bun");
  const build = async (folder, ...args) => {
    const { code, output } = await run([bunProgram(), "build", ...args], { cwd: folder, env: quiet() });
    assert.equal(code, 0, output);
    return output.split("\n").filter((line) => /warn|error/i.test(line));
  };

  const pages = PAGE_ENTRIES.map((entry) => `./${entry}`);
  const page = (folder, output) =>
    build(folder, ...pages, "--target=browser", "--minify", `--outdir=${output}`);
  pageCell({ in: "bun build", how: "target browser" }, version, page);

  const server = (folder, outfile) => build(folder, "./send-node.js", "--target=bun", `--outfile=${outfile}`);
  programCell({ in: "bun build", how: "target bun, run by Bun" }, version, server, { program: bunProgram });
}
