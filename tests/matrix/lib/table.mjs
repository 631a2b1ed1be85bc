// The README's table of where the package works, made from results.

const GROUPS = {
  runtime: "Runtimes",
  browser: "Browsers",
  bundler: "Bundlers",
  "test runner": "Test runners",
};
const BEGIN = "<!-- the table: written by `make matrix` -->";
const END = "<!-- end of the table -->";

/** What became of each cell, from the lines that cells wrote: the last one counts. */
export function readResults(text) {
  const cells = new Map();
  for (const line of text.split("\n").filter(Boolean)) {
    const cell = JSON.parse(line);
    cells.set([cell.group, cell.in, cell.how].join("\0"), cell);
  }
  const finished = ({ result, ...cell }) => ({
    ...cell,
    result: result === "begun" ? "failed" : result,
    note: result === "begun" ? "it did not end" : cell.note,
  });
  return Array.from(cells.values(), finished);
}

/** The README with a new table in place of the old one. */
export function withTable(readme, cells, day) {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`the README has no ${BEGIN} or no ${END}`);
  return [before, BEGIN, "\n\n", table(cells, day), "\n", END, after].join("");
}

function table(cells, day) {
  const notes = [];
  const rows = Object.entries(GROUPS).flatMap(([group, title]) => {
    const own = cells.filter((cell) => cell.group === group);
    const places = [...new Set(own.map((cell) => cell.in))];
    const lines = places.sort(byName).map((place) =>
      row(
        own.filter((cell) => cell.in === place),
        notes,
      ),
    );
    return lines.length > 0 ? [`| **${title}** | | |`, ...lines] : [];
  });
  const count = (result) => cells.filter((cell) => cell.result === result).length;
  const total = `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped, on ${day}.`;
  const remarks = notes.map((note, index) => `${index + 1}. ${note}`);
  return [
    "| where | version | how |",
    "|---|---|---|",
    ...rows,
    "",
    total,
    ...(remarks.length > 0 ? ["", ...remarks] : []),
    "",
  ].join("\n");
}

function byName(a, b) {
  return a.localeCompare(b, "en", { numeric: true });
}

/** One line for all the ways to use it in one place. */
function row(cells, notes) {
  const versions = [...new Set(cells.map((cell) => cell.version).filter(Boolean))];
  const hows = cells.map(({ how, result, note }) => {
    const mark = result === "passed" ? how : `**${result}**: ${how}`;
    return note ? `${mark} (${remark(note, notes)})` : mark;
  });
  return `| ${cells[0].in} | ${versions.join(", ")} | ${hows.join(", ")} |`;
}

/** The number of a remark below the table; the same one is written once. */
function remark(note, notes) {
  const [text] = note.trim().split("\n");
  if (!notes.includes(text)) notes.push(text);
  return notes.indexOf(text) + 1;
}
