// `make pack`: the package as npm would publish it, as a tarball beside it in pkg/.

import { readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { main, output, PACKAGE, ROOT, Stop, step } from "./steps.mjs";

await main(async () => {
  await step("Tarball in pkg/", () => {
    for (const name of readdirSync(PACKAGE)) if (name.endsWith(".tgz")) rmSync(join(PACKAGE, name));
    // --silent leaves the tarball's name as all that is printed.
    const name = output("npm", [
      "pack",
      PACKAGE,
      "--pack-destination",
      PACKAGE,
      "--ignore-scripts",
      "--silent",
    ]);
    if (!name) throw new Stop("npm could not pack pkg/; `npm pack ./pkg` shows why.");
    console.log(relative(ROOT, join(PACKAGE, name)));
  });
});
