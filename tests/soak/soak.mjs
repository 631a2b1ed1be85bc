// The long soak: `node --expose-gc tests/soak/soak.mjs [--calls N] [--real N]`.
//
// A million calls in one process, then 50,000 to a real server. The last line is
// `soak: N calls, N passed, 0 failed`, and comes only after everything was judged.

import { parseArgs } from "node:util";
import { JUDGEMENTS } from "./judge.mjs";
import { realSoak } from "./real.mjs";
import { soak } from "./soak-run.mjs";
import { stubSoak } from "./stub.mjs";
import { table } from "./table.mjs";

// Until everything was judged; a run that dies in between has failed.
process.exitCode = 1;

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "1000000" },
    real: { type: "string", default: "50000" },
  },
});

const total = { calls: 0, passed: 0, failed: 0 };

for (const [what, make, count] of [
  ["a fetch of this process", stubSoak, values.calls],
  ["a real server", realSoak, values.real],
]) {
  if (!(Number(count) > 0)) throw new Error(`no number of calls: ${count}`);
  const result = await soak(make, Number(count));
  console.log(`\n${plain(result.calls)} calls to ${what}, ${result.atOnce} at once:\n`);
  console.log(`${table(result.rows)}\n`);
  total.calls += result.calls;
  for (const { what, wrong } of JUDGEMENTS) {
    const why = wrong(result);
    total[why ? "failed" : "passed"] += 1;
    console.log(why ? `FAILED  ${what}: ${why}` : `ok      ${what}`);
  }
}

process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\nsoak: ${plain(total.calls)} calls, ${total.passed} passed, ${total.failed} failed`);

function plain(number) {
  return number.toLocaleString("en-US");
}
