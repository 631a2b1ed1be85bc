// The page's files and the package's. What runs in the terminal is not served.

import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

const WWW = fileURLToPath(new URL("..", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export function page() {
  const app = new Hono();
  const file = (root) => serveStatic({ root });
  for (const path of ["/", "/app.js", "/style.css"]) app.get(path, file(WWW));
  for (const folder of ["app", "styles", "assets"]) app.get(`/${folder}/*`, file(WWW));
  app.get("/pkg/*", file(ROOT));
  return app;
}
