// webpack and Rspack, which takes the same configuration: production builds and dev servers.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSite } from "../../lib/site.mjs";
import { nodeProgram, versionOf } from "../lib/tools.mjs";
import { makeApp, writeHtml } from "./app.mjs";
import { bundlerCell } from "./cell.mjs";
import { startChild } from "./child.mjs";
import { CLASSIC_SCRIPT } from "./entries.mjs";
import { offlineCell, serviceWorkerCell } from "./later.mjs";
import { proveBuild, provePage, proveProgram } from "./prove.mjs";

const SERVE = fileURLToPath(new URL("webpack-serve.mjs", import.meta.url));

/** `tool` is the bundler, `serverTool` its dev server. */
export function webpackCells(name, tool, serverTool, { inCi = false } = {}) {
  bundlerCell({ in: name, how: "production build", inCi }, async (t) => {
    const folder = await makeApp(t);
    const output = join(folder, "dist");
    const { default: bundler } = await import(tool);
    assert.deepEqual(await buildWith(bundler, configuration(folder, output)), []);
    await writeHtml(output, CLASSIC_SCRIPT);
    await proveBuild(t, output);
    return { version: versionOf(tool) };
  });

  const version = () => versionOf(tool);
  const later = async (folder, output, entry) => {
    const { default: bundler } = await import(tool);
    assert.deepEqual(await buildWith(bundler, { ...configuration(folder, output), entry: `./${entry}` }), []);
  };
  offlineCell(name, version, later, { script: CLASSIC_SCRIPT, inCi });
  const together = { entry: "service-worker-with-engine.js", type: "classic" };
  serviceWorkerCell(name, "classic service worker with the engine", version, later, together);

  bundlerCell({ in: name, how: "production build, target node" }, async (t) => {
    const folder = await makeApp(t);
    const output = { path: join(folder, "dist"), filename: "send-node.cjs" };
    const { default: bundler } = await import(tool);
    const config = { mode: "production", context: folder, entry: "./send-node.js", target: "node", output };
    assert.deepEqual(await buildWith(bundler, config), []);
    await proveProgram(t, [process.execPath, join(output.path, output.filename)], folder);
    return { version: versionOf(tool) };
  });

  bundlerCell({ in: name, how: "dev server" }, async (t) => {
    const folder = await makeApp(t);
    // In memory, as dev servers do; the page is the only file they take from a folder.
    await writeHtml(join(folder, "public"), '<script defer src="./page.js"></script>');
    const site = await startSite(t, folder);
    // In a process of its own: webpack's needs a newer Node than the package does.
    const command = [nodeProgram(24), SERVE, tool, serverTool, folder, site.url];
    const { match, output } = await startChild(t, command, { cwd: folder, ready: /^READY (\S+) (.+)$/m });
    assert.deepEqual(JSON.parse(match[2]), [], output());
    await provePage(t, site, match[1]);
    return { version: `${versionOf(tool)}, server ${versionOf(serverTool)}` };
  });
}

/** Names the app and nothing else. */
function configuration(folder, output) {
  return {
    mode: "production",
    context: folder,
    entry: "./page.js",
    output: { path: output, filename: "page.js" },
  };
}

/** Builds; resolves to its errors and warnings. */
export function buildWith(bundler, config) {
  return new Promise((resolve, reject) => {
    const compiler = bundler(config);
    compiler.run((error, stats) => {
      compiler.close((closeError) => {
        if (error ?? closeError) return reject(error ?? closeError);
        const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
        return resolve([...errors, ...warnings].map(({ message }) => message));
      });
    });
  });
}
