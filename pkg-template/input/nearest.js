// The known name nearest to a misspelt one: an option's, a channel's, or that of a message's field.

/** No known name is near a longer one. */
const LONGEST = 64;

/**
 * The name that was probably meant, or undefined. Case, `_` and `-` do not count: `base_url` is `baseUrl`.
 * @param {string} name
 * @param {string[]} known
 */
export function nearest(name, known) {
  if (name.length > LONGEST) return undefined;
  const typed = fold(name);
  let least = Math.max(2, Math.floor(typed.length / 3)) + 1;
  let found;
  for (const candidate of known) {
    const difference = differs(typed, fold(candidate));
    if (difference < least) {
      least = difference;
      found = candidate;
    }
  }
  return found;
}

/** @param {string} name */
function fold(name) {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/**
 * How much stands between the common beginning and the common end.
 * @param {string} one
 * @param {string} other
 */
function differs(one, other) {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return Math.max(one.length, other.length) - start - end;
}
