// `make build`: the package, in pkg/, from Rust and JavaScript.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { assemble } from "./assemble.mjs";
import { buildEngine } from "./engine.mjs";
import { shrink } from "./shrink.mjs";
import { main, PACKAGE, Stop, step } from "./steps.mjs";

/** Loads the package both ways and lets the engine work once, so that no build ends with a dead one. */
async function check() {
  const entry = join(PACKAGE, "index.js");
  const forms = [await import(pathToFileURL(entry)), createRequire(entry)("./index.cjs")];
  for (const { validate } of forms) {
    const issues = await validate("text", { content: "" });
    if (issues[0]?.code !== "blank")
      throw new Stop("The package was built, but its engine gives wrong answers.");
  }
}

await main(async () => {
  await step("Engine (Rust to WebAssembly; the first time also its standard library)", buildEngine);
  await step("Short names and compression", shrink);
  await step("Package in pkg/", assemble);
  await step("Trial run", check);
});
