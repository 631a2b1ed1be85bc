// Text from anywhere, made fit for one line of a log or a page.

/** The most characters (UTF-16 units) of an error's message. */
export const MAX_MESSAGE = 800;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
/** Marks that turn the direction of text, joiners and other characters nobody sees; halves of characters. */
const INVISIBLE = /[\p{Cf}\p{Cs}]/gu;

/**
 * The text without line breaks and control characters, cut when it is longer than `most`.
 * @param {string} text
 * @param {number} [most]
 */
export function oneLine(text, most = MAX_MESSAGE) {
  // What is far beyond the limit is not even looked at.
  const line = text
    .slice(0, most * 4)
    .replace(BREAKS, " ")
    .replace(INVISIBLE, "");
  const isWhole = line.length <= most && text.length <= most * 4;
  return isWhole ? line : `${line.slice(0, most - 3).replace(/\p{Cs}$/u, "")}...`;
}
