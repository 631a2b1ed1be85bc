// Vite: production builds and dev servers.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startSite } from "../../lib/site.mjs";
import { versionOf } from "../lib/tools.mjs";
import { makeApp } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { offlineCell } from "./later.mjs";
import { proveBuild, provePage } from "./prove.mjs";

/**
 * The cells of one major version. With `wholeWorkers`, its builds refuse a worker that loads anything later, unless
 * `worker.format` is set: there a worker imports the engine itself.
 */
export function viteCells(name, tool, { inCi = false, wholeWorkers = false } = {}) {
  bundlerCell({ in: name, how: "production build", inCi }, async (t) => {
    const { build, createLogger } = await import(tool);
    const root = await makeApp(t);
    if (wholeWorkers) await importEngine(join(root, "send-worker.js"));
    const { logger, warnings } = listen(createLogger);
    await build({ root, configFile: false, customLogger: logger });
    assert.deepEqual(warnings, []);
    await proveBuild(t, join(root, "dist"));
    return { version: versionOf(tool), note: wholeWorkers ? "its worker imports the engine" : undefined };
  });

  const later = async (root) => {
    const { build } = await import(tool);
    await build({ root, configFile: false, logLevel: "silent" });
  };
  offlineCell(name, () => versionOf(tool), later, { script: null, inCi });

  bundlerCell({ in: name, how: "dev server, first start" }, async (t) => {
    const { createServer, createLogger } = await import(tool);
    const root = await makeApp(t);
    const { logger, warnings } = listen(createLogger);
    const site = await startSite(t, root);
    // Nothing of an earlier start is in the app's node_modules, so dependencies are optimised while it loads.
    const server = await createServer({
      root,
      configFile: false,
      customLogger: logger,
      server: { host: "127.0.0.1", port: 0, proxy: { "/desk": site.url } },
    });
    t.after(() => server.close());
    await server.listen();
    await provePage(t, site, server.resolvedUrls.local[0]);
    assert.deepEqual(warnings, []);
    return { version: versionOf(tool) };
  });
}

async function importEngine(worker) {
  await writeFile(worker, `import "engagelab-livedesk/engine";\n${await readFile(worker, "utf8")}`);
}

function listen(createLogger) {
  const warnings = [];
  const logger = createLogger("warn");
  logger.warn = logger.warnOnce = logger.error = (text) => warnings.push(text);
  return { logger, warnings };
}
