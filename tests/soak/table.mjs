// A soak's checkpoints as a table, in units that can be read.

const kib = (bytes) => String(bytes / 1024);
const mib = (bytes) => (bytes / 2 ** 20).toFixed(2);
const plain = (value) => value?.toLocaleString("en-US") ?? "-";

const COLUMNS = [
  ["calls", "calls", plain],
  ["seconds", "seconds", (value) => value.toFixed(1)],
  ["wasm KiB", "wasm", kib],
  ["RSS MiB", "rss", mib],
  ["heap MiB", "heap", mib],
  ["external", "external", mib],
  ["buffers", "arrayBuffers", mib],
  ["timers", "timers", plain],
  ["listeners", "listeners", plain],
  ["sockets", "sockets", plain],
  ["connections", "connections", plain],
  ["stops", "stops", plain],
  ["promises", "promises", plain],
];

/** One line a checkpoint, below the names of the columns. */
export function table(rows) {
  const lines = [
    COLUMNS.map(([title]) => title),
    ...rows.map((row) => COLUMNS.map(([, column, text]) => text(row[column]))),
  ];
  const widths = COLUMNS.map((_, index) => Math.max(...lines.map((line) => line[index].length)));
  return lines.map((line) => line.map((cell, index) => cell.padStart(widths[index])).join("  ")).join("\n");
}
