// A dev server of webpack's kind: `node webpack-serve.mjs <bundler> <its dev server> <folder> <backend>`.
// Prints `READY <address> <errors and warnings of the first build>`.

const [tool, serverTool, folder, target] = process.argv.slice(2);
const { default: bundler } = await import(tool);
const servers = await import(serverTool);
const Server = servers.RspackDevServer ?? servers.default;

const compiler = bundler({
  mode: "development",
  context: folder,
  entry: "./page.js",
  output: { filename: "page.js" },
});
const built = new Promise((resolve) => compiler.hooks.done.tap("ready", resolve));
const server = new Server(
  { host: "127.0.0.1", port: "auto", open: false, proxy: [{ context: ["/desk"], target }] },
  compiler,
);
await server.start();
const { errors, warnings } = (await built).toJson({ all: false, errors: true, warnings: true });
const told = [...errors, ...warnings].map(({ message }) => message);
console.log(`READY http://127.0.0.1:${server.server.address().port}/ ${JSON.stringify(told)}`);
