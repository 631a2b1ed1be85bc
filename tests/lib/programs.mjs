// Finding programs on this machine.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of the first of these programs that is on PATH or in one of the other folders. */
export function which(names, ...moreFolders) {
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), ...moreFolders];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
