// A client whose calls with `slow` in their content wait until they are told.

/** `LiveDesk` is given, since some tests bring a package of their own. `requests` counts, `release` lets the last go. */
export function slowDesk(LiveDesk) {
  const answer = () => Response.json({ id: 1, status: "sent" });
  const seen = { requests: 0, release: undefined };
  const fetch = (_, { body }) => {
    seen.requests += 1;
    if (!body.includes("slow")) return answer();
    return new Promise((resolve) => {
      seen.release = () => resolve(answer());
    });
  };
  seen.desk = new LiveDesk({ apiKey: "key", apiSecret: "secret", fetch });
  return seen;
}
