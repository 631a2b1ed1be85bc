// Completes npm's lock files: `node scripts/build/complete-lock.mjs [folder ...]`, after an `npm install` that renewed them.
//
// Native tools come as one optional package a platform. A registry mirror may lack those of other platforms; npm
// then leaves them out of the lock file without a word, and `npm ci` refuses that file everywhere. Their entries can
// be written all the same: versions are pinned by the packages that ask for them, and names tell the platform.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];
/** Names that some packages have for them. */
const ALSO = {
  armhf: "arm",
  armv7: "arm",
  gnueabihf: "arm",
  musleabihf: "arm",
  windows: "win32",
  x86: "ia32",
};
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** What the name says of the platform. */
function platform(name) {
  const words = name.split(/[-/.@_]/).map((word) => ALSO[word] ?? word);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = /musl/.test(name) ? ["musl"] : /gnu|glibc/.test(name) && os.includes("linux") ? ["glibc"] : [];
  return { os, cpu, libc };
}

/** The entry that the package at `path` gets for `name`, as Node would look it up. */
function find(packages, path, name) {
  for (let place = path; ; place = place.slice(0, Math.max(0, place.lastIndexOf("/node_modules/")))) {
    const entry = packages[place === "" ? `node_modules/${name}` : `${place}/node_modules/${name}`];
    if (entry || place === "") return entry;
  }
}

function complete(lock) {
  let added = 0;
  for (const [path, { optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!EXACT.test(version) || find(lock.packages, path, name)?.version === version) continue;
      const { os, cpu, libc } = platform(name);
      if (os.length + cpu.length === 0) continue;
      const top = `node_modules/${name}`;
      const place = lock.packages[top] ? `${path}/${top}` : top;
      lock.packages[place] = { version, dev: true, optional: true };
      for (const [key, value] of Object.entries({ cpu, libc, os }))
        if (value.length > 0) lock.packages[place][key] = value;
      added += 1;
    }
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted);
  return added;
}

const folders = process.argv.length > 2 ? process.argv.slice(2) : ["."];
for (const folder of folders) {
  const file = join(folder, "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = complete(lock);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${file}: ${added} entries added`);
}
