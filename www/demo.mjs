// `make demo`: serves the page, sends the example messages from the terminal, and keeps serving until
// Ctrl-C. With --once it ends after the examples: 0 when all went as expected, 1 otherwise.

import { liveSettings } from "./server/live-settings.mjs";
import { startServer } from "./server.mjs";
import { printFailure, printLive, printSandbox, printSummary, printWaiting } from "./terminal/print.mjs";

const once = process.argv.includes("--once");

async function main() {
  const live = await liveSettings();
  const server = await startServer({ live });
  const end = async (code) => {
    await server.close();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end(0));

  if (live) {
    // The examples would reach real customers.
    printLive(server.url, live.baseUrl);
    return once ? end(1) : printWaiting();
  }
  printSandbox(server.url);
  const { sendSeeds } = await import("./terminal/seeds.mjs");
  const wentWell = await sendSeeds({ ...server.demoKey, baseUrl: server.url });
  printSummary(wentWell);
  if (once) return end(wentWell ? 0 : 1);
  printWaiting();
}

try {
  await main();
} catch (error) {
  printFailure(error);
  process.exit(1);
}
