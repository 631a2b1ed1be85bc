// A cell about a bundler.

import { cell } from "../lib/cell.mjs";

/** As `cell`, but what `run` gets cleans up last first: a folder goes after the server that uses it. */
export function bundlerCell(settings, run) {
  cell({ group: "bundler", ...settings }, (t) => {
    const cleanups = [];
    t.after(async () => {
      for (const cleanup of cleanups.reverse()) await cleanup();
    });
    return run({ after: (cleanup) => cleanups.push(cleanup) });
  });
}
