// For Node, Deno and Bun: a sandbox on a port. What it does is in ../cli/, since it needs the runtime's own modules.

export { serveSandbox } from "../cli/serve-sandbox.js";
