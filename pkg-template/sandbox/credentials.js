// HTTP Basic credentials: base64 of the UTF-8 bytes of "key:secret".

import { json } from "./responses.js";

const BASIC = /^basic +((?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?)$/i;

/**
 * The 401 for missing, malformed or wrong credentials; undefined for good ones.
 *
 * @param {Request} request
 * @param {{ apiKey: string | undefined, apiSecret: string | undefined }} expected what is undefined may be anything
 * @returns {Response | undefined}
 */
export function refuseCredentials(request, { apiKey, apiSecret }) {
  const given = readCredentials(request.headers.get("Authorization") ?? "");
  if (!given) return json(401, { errors: ["You need to sign in or sign up before continuing."] });
  const isRight =
    (apiKey === undefined || given.key === apiKey) && (apiSecret === undefined || given.secret === apiSecret);
  return isRight ? undefined : json(401, { error: "Invalid Access Token" });
}

/** @param {string} header */
function readCredentials(header) {
  const encoded = BASIC.exec(header)?.[1];
  if (!encoded) return undefined;
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const pair = new TextDecoder().decode(bytes);
  // The key has no colon; the secret may have.
  const colon = pair.indexOf(":");
  return colon < 1 ? undefined : { key: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}
