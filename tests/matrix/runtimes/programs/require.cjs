// Runs the suite where the package is required. The last line is the result.

const livedesk = require("engagelab-livedesk");
const loaded = require.resolve("engagelab-livedesk");

(async () => {
  const { conform } = await import("./conformance/suite.mjs");
  const { tell } = await import("./tell.mjs");
  tell(await conform({ livedesk, origin: tell.origin }), loaded);
})();
