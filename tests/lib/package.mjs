// The installed package, loaded by `import` and by `require()`.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installPackage } from "./installed.mjs";
import { inRoot } from "./root.mjs";

/** Where it is installed. */
export const folder = await installPackage();

/** Its entries, imported; but for the engine, which the first call loads. */
export const { livedesk, files, proxy, bullmq, sandbox, sandboxOnPort } = await import(
  pathToFileURL(join(folder, "consumer.mjs"))
);

/** `require()` of a consumer's CommonJS file. */
export const requireInstalled = createRequire(join(folder, "consumer.cjs"));

/** A file of the package itself. */
export function inPackage(...parts) {
  return join(folder, "node_modules", "engagelab-livedesk", ...parts);
}

/** A single source file: the published ones are bundles, which keep such things to themselves. */
export function importInternal(name) {
  return import(pathToFileURL(inRoot("pkg-template", name)));
}

export const CREDENTIALS = { apiKey: "key-a81f", apiSecret: "secret-77b2" };

/** A client that talks to `server`, an address or something with a `url`. */
export function clientOf(server, options) {
  return new livedesk.LiveDesk({ ...CREDENTIALS, baseUrl: server.url ?? server, ...options });
}
