// Live mode is asked for by the environment, so that a secret is never typed into a page.

const DEFAULT_BASE_URL = "https://livedesk-api.engagelab.com";

/**
 * `{ apiKey, apiSecret, baseUrl }`, or undefined when the environment asks for the sandbox. Half a setting
 * throws: it must not quietly turn into a sandbox that answers "sent".
 */
export async function liveSettings(env = process.env) {
  const apiKey = env.LIVEDESK_API_KEY ?? "";
  const apiSecret = env.LIVEDESK_API_SECRET ?? "";
  const baseUrl = env.LIVEDESK_BASE_URL ?? "";
  if (!apiKey && !apiSecret && !baseUrl) return undefined;
  if (!apiKey || !apiSecret) {
    throw new Error("Set both LIVEDESK_API_KEY and LIVEDESK_API_SECRET to reach LiveDesk, or neither.");
  }
  const live = { apiKey, apiSecret, baseUrl: baseUrl || DEFAULT_BASE_URL };
  const { LiveDesk } = await import("../../pkg/index.js");
  // The client knows what a key, a secret and an address look like, and says what is wrong.
  new LiveDesk(live);
  return live;
}
