// Who knows whom: what one file takes from another, in Rust and in JavaScript.

import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** Whatever of a Rust file is its tests', and its comments. */
const TESTS_BEGIN = /^#\[cfg\(test\)\]\n(?:#\[.*\]\n)*mod tests \{/m;
const COMMENT = /\/\/.*$/gm;
const CRATE_USE = /\bcrate::([\w:]*)(\{[^;]*?\};)?/g;
const SUPER_USE = /\b((?:super::)+)([\w:]*)(\{[^;]*?\};)?/g;
const IMPORT = /^(?:import|export|\} from)\b[^;"]*?"(\.[^"]+)";|^\} from "(\.[^"]+)";/gm;

/** The files below a folder that end so, as paths from it. */
export function filesBelow(folder, ending, below = "") {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(below, entry.name);
    if (entry.isDirectory()) return entry.name === "tests" ? [] : filesBelow(folder, ending, path);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

/** `{ from, to }` of every use in the Rust files, given as `path: text`; both are modules such as `answer/judge`. */
export function rustArrows(files) {
  const modules = new Set([...files.keys()].map(moduleOf));
  return [...files].flatMap(([path, text]) => {
    const from = moduleOf(path);
    const code = text.split(TESTS_BEGIN)[0].replace(COMMENT, "");
    const named = [
      ...Array.from(code.matchAll(CRATE_USE), ([, base, list]) => paths("", base, list)).flat(),
      ...Array.from(code.matchAll(SUPER_USE), ([, supers, base, list]) =>
        paths(above(from, supers.length / "super::".length), base, list),
      ).flat(),
    ];
    return named.flatMap((name) => {
      const to = nearestModule(name, modules);
      return to === undefined || to === from ? [] : [{ from, to }];
    });
  });
}

function moduleOf(path) {
  return path.replace(/(\/mod)?\.rs$/, "");
}

function above(module, levels) {
  return module.split("/").slice(0, -levels).join("/");
}

/** All that `base::{list}` names, as paths with slashes; a list in a list is read as well. */
function paths(start, base, list) {
  const path = [start, ...base.split("::")].filter((part) => part && part !== "self").join("/");
  if (!list) return [path];
  const items = list
    .slice(list.indexOf("{") + 1, list.lastIndexOf("}"))
    .matchAll(/([\w:]+)\s*(\{[^{}]*\})?/g);
  return Array.from(items, ([, name, inner]) => paths(path, name, inner)).flat();
}

/** The longest beginning of the path that is a module: what follows is a name in it. */
function nearestModule(path, modules) {
  const parts = path.split("/");
  while (parts.length > 0 && !modules.has(parts.join("/"))) parts.pop();
  return parts.length > 0 ? parts.join("/") : undefined;
}

/** The same of JavaScript's imports; both are paths of files. */
export function scriptArrows(files) {
  return [...files].flatMap(([from, text]) =>
    Array.from(text.matchAll(IMPORT), ([, one, other]) => ({
      from,
      to: posix.join(posix.dirname(from), one ?? other),
    })),
  );
}

/** The arrows that do not run down the list of rooms, whose lowest comes first; `roomOf` says where a file is. */
export function upward(arrows, rooms, roomOf) {
  return arrows.filter(({ from, to }) => {
    const [above, below] = [roomOf(from), roomOf(to)].map((room) => rooms.indexOf(room));
    return above < 0 || below < 0 || above < below;
  });
}

/** One circle among them, as the files on it, or undefined. */
export function circle(arrows) {
  const next = new Map();
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set();
  const walk = (file, way) => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const to of next.get(file) ?? []) {
      const found = walk(to, [...way, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of next.keys()) {
    const found = walk(file, []);
    if (found) return found;
  }
  return undefined;
}

/** The files' texts by their paths. */
export function texts(folder, ending) {
  return new Map(filesBelow(folder, ending).map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
