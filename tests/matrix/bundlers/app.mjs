// An app in a folder outside of the repository, with the packed package in its own node_modules and without a
// word about it in any configuration.

import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeConsumerFolder } from "../../lib/installed.mjs";
import { inPackage } from "../../lib/package.mjs";
import { inRoot } from "../../lib/root.mjs";

const APP = fileURLToPath(new URL("app", import.meta.url));
const PAGE = inRoot("tests", "browser", "app");
const MANIFEST = '{ "name": "app", "version": "1.0.0", "private": true, "type": "module" }\n';

/** The app's folder; removed in the end. */
export async function makeApp(hooks) {
  const folder = await makeConsumerFolder(hooks);
  for (const name of ["main.js", "calls.js"]) await cp(join(PAGE, name), join(folder, name));
  await cp(APP, folder, { recursive: true });
  await installInto(folder);
  await writeHtml(folder, '<script type="module" src="./page.js"></script>');
  return folder;
}

/** Makes a folder a package of its own, with the package as a real folder of its node_modules. */
export async function installInto(folder) {
  const place = join(folder, "node_modules", "engagelab-livedesk");
  await mkdir(place, { recursive: true });
  await cp(inPackage(), place, { recursive: true });
  await writeFile(join(folder, "package.json"), MANIFEST);
}

/** The page; bundlers differ in what kind of script they make. */
export async function writeHtml(folder, script) {
  await mkdir(folder, { recursive: true });
  const head = `<meta charset="utf-8" /><title>An app</title><link rel="icon" href="data:," />${script}`;
  await writeFile(
    join(folder, "index.html"),
    `<!doctype html><html lang="en"><head>${head}</head><body></body></html>\n`,
  );
}

/** All scripts of a built app, as `{ [name]: text }`. */
export async function scriptsOf(output) {
  const names = (await readdir(output, { recursive: true })).filter((name) => /\.[cm]?js$/.test(name));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(output, name), "utf8")])),
  );
}
