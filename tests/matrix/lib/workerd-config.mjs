// The configuration of a workerd that serves one Worker on a port of its own choice.

/**
 * `modules` are `[name, "esModule" | "wasm"]`, files beside the configuration of which the first is the Worker.
 * Without "private", workerd would reach no loopback address.
 */
export function workerdConfig({ modules, date, flags = [], bindings = {} }) {
  const embedded = modules.map(([name, kind]) => `(name = "${name}", ${kind} = embed "${name}")`);
  const texts = Object.entries(bindings).map(([name, text]) => `(name = "${name}", text = "${text}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${embedded.join(", ")}],
  bindings = [${texts.join(", ")}],
  compatibilityDate = "${date}",
  compatibilityFlags = ${JSON.stringify(flags)},
);
`;
}
