// Where a field stands, written as in JavaScript: `a.b[0]`, or `a["1"]` where a dot cannot stand.

/**
 * The place of a field, or of an item, of what stands at `above`; nothing stands above the message itself.
 * @param {string} above
 * @param {string | number} step
 */
export function below(above, step) {
  if (typeof step === "number") return `${above}[${step}]`;
  if (!/^[A-Za-z_]\w*$/.test(step)) return `${above}[${JSON.stringify(step)}]`;
  return above ? `${above}.${step}` : step;
}
