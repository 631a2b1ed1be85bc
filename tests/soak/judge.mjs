// What has to be true of a soak. The first two checkpoints warm up: until then memory may grow to what so
// many calls at once need, and V8 compiles what is hot.

import { canCount } from "./measure.mjs";

const MIB = 2 ** 20;
const WARM = 2;
/**
 * V8 goes on compiling, and drops code it finds cold; that moved the heap by up to 0.5 MiB either way. The
 * smallest object is 16 bytes, so one left behind by every call is 12 MiB in the long run. In the short one
 * it takes 100 bytes a call to be seen here, which a promise with its reactions or an error has.
 */
const HEAP_MARGIN = 1.5 * MIB;
/** The buffers of files and answers; constant when none is kept. */
const EXTERNAL_MARGIN = MIB;
/** The allocator keeps pages, and V8 the space for young objects, which it sizes by how busy it was. */
const RSS_MARGIN = 64 * MIB;
/** Node's fetch opens one more before that just freed is ready again; plain fetch does so too. */
const CONNECTIONS_PER_CALL = 3;
/** Node's own promises, of which a few come and go. */
const PROMISE_MARGIN = 20;

const COUNTS = [
  ["no call under way is remembered", (soak) => above(soak, "stops", 0)],
  ["no promise stays", (soak) => above(soak, "promises", warm(soak).promises + PROMISE_MARGIN)],
];

/** Each: what it says, and `wrong(soak)`, what is wrong with it, if anything is. */
export const JUDGEMENTS = [
  [
    "every call ended as it should, with the requests it should make",
    ({ wrongs, wrong }) => some(wrongs, wrong),
  ],
  // A leak fills the holes that the busiest moment left before memory grows: up to a MiB can hide, which is
  // 64 bytes a call in the short run, and a byte and a half in the long one.
  ["wasm memory stays exactly the same", (soak) => unequal(soak, "wasm")],
  ["no listener stays on a shared signal", (soak) => above(soak, "listeners", 0)],
  ["no timer stays", (soak) => above(soak, "timers", soak.rows[0].timers)],
  ["no more sockets are active than calls are made at once", (soak) => above(soak, "sockets", soak.atOnce)],
  [
    "connections stay within what so many calls at once need",
    (soak) => above(soak, "connections", CONNECTIONS_PER_CALL * soak.atOnce),
  ],
  ["the JavaScript heap does not grow", (soak) => grown(soak, "heap", HEAP_MARGIN)],
  ["memory outside of the heap does not grow", (soak) => grown(soak, "external", EXTERNAL_MARGIN)],
  ["array buffers do not grow", (soak) => grown(soak, "arrayBuffers", EXTERNAL_MARGIN)],
  ["the process does not grow", (soak) => grown(soak, "rss", RSS_MARGIN)],
  ...(canCount ? COUNTS : []),
].map(([what, wrong]) => ({ what, wrong }));

const warm = ({ rows }) => rows[WARM];

function some(count, [first, ...more]) {
  return count > 0 ? [`${count} times:`, first, ...more].join("\n  ") : undefined;
}

function unequal(soak, column) {
  const expected = warm(soak)[column];
  const row = soak.rows.slice(WARM).find((row) => row[column] !== expected);
  return row && `${row[column]} bytes after ${row.calls} calls, ${expected} after ${warm(soak).calls}`;
}

/** At every checkpoint, those of the warm-up among them. */
function above({ rows }, column, most) {
  const row = rows.slice(1).find((row) => row[column] > most);
  return row && `${row[column]} after ${row.calls} calls; at most ${most} are expected`;
}

function grown(soak, column, margin) {
  const growth = soak.rows.at(-1)[column] - warm(soak)[column];
  const mib = (bytes) => `${(bytes / MIB).toFixed(2)} MiB`;
  return growth > margin
    ? `grew by ${mib(growth)} after the warm-up; at most ${mib(margin)} are expected`
    : undefined;
}
