// `make campaign-proof`: killed 50 times, and then counted.

import { survive } from "./hazards.mjs";

const KILLS = 50;
const ROWS = 3_000;
const PER_SECOND = 150;

const ends = [];
const hooks = { after: (end) => ends.push(end) };
try {
  const say = (text) => process.stdout.write(`${text}\n`);
  const { twice, lost, untrue, outcomes, kills, refused } = await survive(hooks, {
    rows: ROWS,
    kills: KILLS,
    perSecond: PER_SECOND,
    say,
  });
  for (const line of [...twice, ...lost, ...untrue]) say(line);
  say(`${JSON.stringify(kills)}; ${refused} times a second process was refused`);
  say(`${JSON.stringify(outcomes)}`);
  say(
    `${ROWS} rows, ${KILLS} times broken off: ${twice.length} stored twice, ${lost.length} lost, ${untrue.length} told untruly`,
  );
  process.exitCode = twice.length + lost.length + untrue.length === 0 ? 0 : 1;
} finally {
  for (const end of ends.reverse()) await end();
}
