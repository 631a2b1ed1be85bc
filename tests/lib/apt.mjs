// Debian's packages, where this machine may install some.

import { run } from "./command.mjs";
import { which } from "./programs.mjs";

const APT = { env: { DEBIAN_FRONTEND: "noninteractive" }, timeoutMs: 900_000 };

/** Installs them if that is possible; whether it worked shows in what is there afterwards. */
export async function install(packages, say) {
  if (!which(["apt-get"]) || process.getuid?.() !== 0) return;
  say(`installing ${packages.join(", ")} with apt-get; this can take some minutes`);
  await run(["apt-get", "update"], APT);
  await run(["apt-get", "install", "-y", "--no-install-recommends", ...packages], APT);
}
