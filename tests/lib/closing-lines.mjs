// What a tool's output says of its tests. An exit code alone is never trusted: a runner that dies early, or
// finds no test, can exit with 0 too. Each reader gives undefined where it finds no closing line.

/** cargo test, natively or in wasm: `test result: ok. 7 passed; 0 failed; 0 ignored; ...`, once a binary. */
export function cargoTests(output) {
  const lines = [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm)];
  if (lines.length === 0) return undefined;
  const sum = (group) => lines.reduce((total, line) => total + Number(line[group]), 0);
  return { passed: sum(1), failed: sum(2), skipped: sum(3), notes: [] };
}

/** node --test with the spec reporter: `ℹ pass 7` and its like, and the skipped tests with their reasons. */
export function nodeTests(output) {
  const count = (name) => Number(new RegExp(`^ℹ ${name} (\\d+)$`, "m").exec(output)?.[1]);
  const [passed, failed, cancelled, skipped, todo] = ["pass", "fail", "cancelled", "skipped", "todo"].map(
    count,
  );
  if ([passed, failed, cancelled, skipped, todo].some(Number.isNaN)) return undefined;
  // Node counts a file without tests as a test that passed, by the file's name.
  const empty = new Set(Array.from(output.matchAll(/^✔ (\S+\.test\.mjs) \(/gm), ([, file]) => file));
  const skips = new Set(
    Array.from(output.matchAll(/^\s*﹣ (.+?) \([\d.]+ms\)(?: # (.*))?$/gm), describeSkip),
  );
  return {
    passed: passed - empty.size,
    failed: failed + cancelled + empty.size,
    skipped: skipped + todo,
    notes: [...skips, ...Array.from(empty, (file) => `no test in ${file}`)],
  };
}

function describeSkip([, name, reason = "no reason given"]) {
  return `SKIPPED ${name}: ${reason}`;
}

/** A check that is one test, and has passed when its closing line is there and its exit code is 0. */
export function check(closingLine) {
  return (output, code) => {
    if (!closingLine.test(output)) return undefined;
    const passed = code === 0 ? 1 : 0;
    return { passed, failed: 1 - passed, skipped: 0, notes: [] };
  };
}
