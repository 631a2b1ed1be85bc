// What a run of the conformance suite has to have come to.

import assert from "node:assert/strict";
import { DIFFERENCES } from "../../conformance/platform.mjs";
import { NAMES } from "../../conformance/suite.mjs";

/** Every case has to be among the passed; gives what a cell tells of the run. */
export function checkResult({ passed, failed, differences, version, loaded }) {
  assert.deepEqual(failed, []);
  assert.deepEqual([...passed].sort(), [...NAMES].sort());
  const sentences = differences.map((name) => `*${name}*: ${DIFFERENCES[name]}`);
  return { version, loaded, differences: sentences };
}
