// The files a conformance server has for whoever loads them over HTTP: the installed package and the suite.

import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { inPackage } from "../lib/package.mjs";
import { inRoot } from "../lib/root.mjs";

const TYPES = {
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};
const PLACES = {
  package: (parts) => inPackage(...parts),
  conformance: (parts) => inRoot("tests", "conformance", ...parts),
};

/** `{ type, body }` of what is at that path, if anything is. */
export async function findFile(pathname) {
  const [, top, ...parts] = decodeURIComponent(pathname).split("/");
  const place = PLACES[top]?.(parts);
  if (!place || parts.includes("..")) return undefined;
  try {
    return { type: TYPES[extname(place)] ?? "application/octet-stream", body: await readFile(place) };
  } catch {
    return undefined;
  }
}
