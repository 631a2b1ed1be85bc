// Preloaded into a sample of the README: what it sends to LiveDesk's own address reaches a sandbox instead.
// Written in terms of the global fetch, which the package looks up at each call, as a plain sample does.

const REAL = "https://livedesk-api.engagelab.com";
const { fetch } = globalThis;

globalThis.fetch = (input, init) => {
  const address = String(input);
  // A name that nobody can ever have, or a server of the sample's own: what comes of it is real.
  if (/\.invalid$|^127\.0\.0\.1$/.test(new URL(address).hostname)) return fetch(input, init);
  if (!address.startsWith(`${REAL}/`)) throw new Error(`a sample called ${address}`);
  return fetch(address.replace(REAL, process.env.SANDBOX_URL), init);
};
