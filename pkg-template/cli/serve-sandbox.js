// A sandbox on a port: LiveDesk's paths, and beside them a look from outside.

import { makeSandbox } from "../sandbox/make.js";
import { control, isControl } from "./control.js";
import { answersTo, namesOf } from "./host-names.js";
import { serve } from "./serve.js";

const HIGHEST_PORT = 65_535;

/**
 * Documented in ../sandbox/node.d.ts.
 * @param {import("../sandbox/node.js").ServeSandboxOptions} [options]
 */
export async function serveSandbox(options = {}) {
  const { port = 0, host = "127.0.0.1", hosts = [], onRequest, ...others } = options;
  if (!Number.isInteger(port) || port < 0 || port > HIGHEST_PORT) {
    throw new TypeError(`port is a whole number from 0 to ${HIGHEST_PORT}`);
  }
  if (typeof host !== "string" || host === "") throw new TypeError("host is an address to listen on");
  if (onRequest !== undefined && typeof onRequest !== "function")
    throw new TypeError("onRequest is a function");
  const names = namesOf(host, hosts);
  const sandbox = makeSandbox(others, onRequest);

  /** @param {Request} request */
  function handle(request) {
    if (!answersTo(names, request)) return forbidden("it does not answer to this Host name");
    return isControl(request) ? control(request, sandbox) : sandbox.fetch(request);
  }

  const { url, close } = await serve(handle, { port, host });
  return { url, sandbox, close };
}

/** @param {string} why */
function forbidden(why) {
  return Response.json(
    { error: `This sandbox is not for you: ${why}; see the option hosts.` },
    { status: 403 },
  );
}
