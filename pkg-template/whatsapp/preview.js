// What the engine says of a template with its values, as a caller sees it.

import { richText } from "./rich-text.js";

/**
 * @import { Variable } from "./rich-text.js"
 * @typedef {(string | Variable)[]} Pieces
 * @typedef {{ type: string, text?: Pieces, location?: unknown, media_url?: string, filename?: string }} Header
 * @typedef {{ url?: Pieces, [field: string]: unknown }} Button
 */

/**
 * `{ header, body, footer, buttons }`.
 * @param {string} json
 */
export function previewOf(json) {
  /** @type {{ header?: Header, body?: Pieces, footer?: Pieces, buttons: Button[] }} */
  const { header, body, footer, buttons } = JSON.parse(json);
  return {
    header: header ? headerOf(header) : null,
    body: richText(body ?? [""], true),
    footer: footer ? richText(footer, false) : null,
    buttons: buttons.map(({ url, ...button }) =>
      url ? { ...button, url: richText(url, false).text } : button,
    ),
  };
}

/** @param {Header} header */
function headerOf({ type, text, location, media_url, filename }) {
  if (type === "text") return { type, ...richText(text ?? [""], false) };
  if (type === "location") return { type, location };
  return { type, media_url: media_url ?? null, filename: filename || null };
}
