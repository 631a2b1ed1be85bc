// What the platform forces to be different, computed in this one place. The suite returns the names that hold,
// so that no other difference can pass unnoticed.

/** Each difference: what holds where it is named. None makes an outcome better than what is known. */
export const DIFFERENCES = {
  "cannot prove not_sent":
    "its fetch does not prove that a connection never came about: a refused one is unknown, not repeated",
  "hides redirects": "its fetch shows a redirect without its status, which is 0 then",
  "repeats on used connections":
    "it repeats a POST by itself when a connection that was used before breaks without an answer",
  "repeats a 421": "its fetch repeats a request that is answered with 421, which says that nothing was done",
  "reads broken answers":
    "of answers that are not HTTP it makes what it can: a ResponseError or ConnectionError, both unknown",
  "hangs on broken gzip":
    "of an answer that cannot be unpacked its fetch sometimes ends neither well nor badly: the timeout does",
  "adds a charset": "its Blob adds ;charset=utf-8 to the type text/plain",
  "composes accents": "its forms write a letter and its accent in a file name as one character",
};

/** What this runtime is, and the names of its differences. */
export function findPlatform() {
  const { Bun, Deno, navigator, process } = globalThis;
  const agent = navigator?.userAgent ?? "";
  const isWorkerd = agent === "Cloudflare-Workers";
  const isNode = Boolean(process?.versions?.node) && !isWorkerd && !Bun && !Deno;
  const isBrowser = !Bun && !Deno && !isWorkerd && !isNode;
  // Every browser says that it is Safari, but only WebKit says nothing else.
  const isWebKit = isBrowser && !/Chrome|Firefox/.test(agent);
  const holds = {
    "cannot prove not_sent": !isNode,
    "hides redirects": isBrowser,
    "repeats on used connections": isBrowser && !isWebKit,
    "repeats a 421": isNode || isBrowser,
    "reads broken answers": isBrowser,
    "hangs on broken gzip": isNode && Number.parseInt(process.versions.node, 10) < 24,
    "adds a charset": Boolean(Bun),
    "composes accents": isWebKit,
  };
  const differences = Object.keys(DIFFERENCES).filter((name) => holds[name]);
  return { isBrowser, differences, has: (name) => differences.includes(name) };
}
