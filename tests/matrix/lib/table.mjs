// The table of where the package works, made from results.

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

/** The page with a new table in place of the old one. */
export function withTable(page, cells, day) {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`the page has no ${BEGIN} or no ${END}`);
  return [before, BEGIN, "\n\n", table(cells, day), "\n", END, after].join("");
}

function table(cells, day) {
  const differences = [...new Set(cells.flatMap((cell) => cell.differences ?? []))];
  const rows = Object.entries(GROUPS).flatMap(([group, title]) => {
    const own = cells.filter((cell) => cell.group === group);
    const places = [...new Set(own.map((cell) => cell.in))].sort(byName);
    const lines = places.map((place) =>
      row(
        own.filter((cell) => cell.in === place),
        differences,
      ),
    );
    return lines.length > 0 ? [`| **${title}** | | |`, ...lines] : [];
  });
  const count = (result) => cells.filter((cell) => cell.result === result).length;
  const total = `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped, on ${day}.`;
  const list = differences.map((sentence, index) => `${index + 1}. ${sentence}`);
  return ["| where | version | how |", "|---|---|---|", ...rows, "", total, "", ...list, ""].join("\n");
}

function byName(a, b) {
  return a.localeCompare(b, "en", { numeric: true });
}

/** One line for all the ways to use it in one place, and the numbers of what is different there. */
function row(cells, differences) {
  const versions = [...new Set(cells.flatMap((cell) => cell.version?.split(", ") ?? []))];
  const hows = cells.map(({ how, result, note }) => {
    const mark = result === "passed" ? how : `**${result}**: ${how}`;
    return note ? `${mark} (${note.trim().split("\n")[0]})` : mark;
  });
  const own = differences.flatMap((sentence, index) =>
    cells.some((cell) => cell.differences?.includes(sentence)) ? [index + 1] : [],
  );
  const numbers = own.length > 0 ? `. Differences: ${own.join(", ")}` : "";
  return `| ${cells[0].in} | ${versions.join(", ")} | ${hows.join("; ")}${numbers} |`;
}
