/** The header LiveDesk wants; the page never sees it. */
export function basic({ apiKey, apiSecret }) {
  return `Basic ${Buffer.from(`${apiKey}:${apiSecret}`, "utf8").toString("base64")}`;
}
