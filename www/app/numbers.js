// What people type is text; LiveDesk wants numbers. What is no number goes on as it was typed, so that the
// package's own check says what is wrong with it.

/** A whole number, such as a message's; undefined when nothing was typed. */
export function wholeNumber(typed) {
  const text = typed.trim();
  if (text === "") return undefined;
  const number = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : text;
}

/** A number with a fraction, such as a latitude; undefined when nothing was typed. */
export function decimal(typed) {
  const text = typed.trim();
  if (text === "") return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
