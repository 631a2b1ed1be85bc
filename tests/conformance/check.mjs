// What the cases say of values and errors: the few assertions they need, since every runtime has others.

const OUTCOMES = ["not_sent", "rejected", "failed", "unknown"];

/** Fails with the message unless the condition holds. */
export function check(condition, message) {
  if (!condition) throw new Error(message);
}

/** Fails unless both are the same value, or the same data. */
export function equal(actual, expected, what = "value") {
  if (Object.is(actual, expected)) return;
  const [is, shouldBe] = [written(actual), written(expected)];
  const areData = typeof actual === "object" && typeof expected === "object";
  check(areData && is === shouldBe, `${what} is ${is}, not ${shouldBe}`);
}

/** Data as text, whatever the order of its fields, and with what JSON leaves out. */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  if (value instanceof Error) return String(value);
  const fields = Object.keys(value).sort();
  return `{ ${fields.map((key) => `${key}: ${written(value[key])}`).join(", ")} }`;
}

/** What a promise was rejected with; resolving is a failure. */
export async function caught(promise) {
  let value;
  try {
    value = await promise;
  } catch (thrown) {
    return thrown;
  }
  throw new Error(`resolved to ${written(value)?.slice(0, 200)}`);
}

/** What a function threw at once. */
export function thrown(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("threw nothing");
}

/** Checks an error's class and the given fields, `code` and `outcome` among them. */
export function checkError(livedesk, error, name, fields = {}) {
  check(error instanceof livedesk[name], `is no ${name}: ${describe(error)}`);
  check(error instanceof livedesk.LiveDeskError, "is no LiveDeskError");
  check(error instanceof Error, "is no Error");
  equal(error.name, name, "name");
  check(OUTCOMES.includes(error.outcome), `outcome is ${error.outcome}`);
  check(typeof error.code === "string" && error.message.length > 0, "has no code or message");
  for (const [key, value] of Object.entries(fields)) equal(error[key], value, `${key} of "${error.message}"`);
  return error;
}

function describe(thrown) {
  const { name, code, outcome, status, message } = thrown ?? {};
  return written({ name, code, outcome, status, message, thrown: String(thrown) });
}
