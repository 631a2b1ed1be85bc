// What the engine says of a template with its values, as a caller sees it.

import { richText } from "./rich-text.js";

/** `{ header, body, footer, buttons }`. */
export function previewOf(json) {
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

function headerOf({ type, text, location, media_url, filename }) {
  if (type === "text") return { type, ...richText(text ?? [""], false) };
  if (type === "location") return { type, location };
  return { type, media_url: media_url ?? null, filename: filename || null };
}
