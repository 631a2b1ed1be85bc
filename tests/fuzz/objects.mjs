// Objects that a runtime, a library or a slip can bring: exotic, broken, huge, and named like something else.

const fail = () => {
  throw new Error("thrown by an odd object");
};
const throwing = (key, target = {}) =>
  Object.defineProperty(target, key, { get: fail, enumerable: true, configurable: true });
const tagged = (tag) => ({ [Symbol.toStringTag]: tag, size: 3, name: "a.txt", type: "text/plain" });

function detached(View) {
  const view = new View(8);
  structuredClone(view.buffer, { transfer: [view.buffer] });
  return view;
}

function cycle(value, key) {
  value[key] = value;
  return value;
}

function deep(levels, wrap) {
  let value = "the bottom";
  for (let level = 0; level < levels; level += 1) value = wrap(value);
  return value;
}

export const OBJECTS = {
  "object that contains itself": () => cycle({ content: "x" }, "content"),
  "array that contains itself": () => cycle([], 0),
  "Error that causes itself": () => cycle(new Error("loop"), "cause"),
  "object whose content throws": () => throwing("content"),
  "array whose item throws": () => throwing(0, [1]),
  "object whose toString throws": () => ({ toString: fail, valueOf: fail }),
  "object whose toJSON throws": () => ({ toJSON: fail }),
  "object whose Symbol.toPrimitive throws": () => ({ [Symbol.toPrimitive]: fail }),
  "object whose Symbol.toPrimitive is none": () => ({ [Symbol.toPrimitive]: 7 }),
  "object whose Symbol.toStringTag throws": () => throwing(Symbol.toStringTag),
  "object whose Symbol.iterator throws": () => throwing(Symbol.iterator),
  "object whose constructor throws": () => throwing("constructor"),
  "object tagged Blob": () => tagged("Blob"),
  "object tagged File": () => tagged("File"),
  "object tagged ArrayBuffer": () => tagged("ArrayBuffer"),
  "object tagged Promise": () => tagged("Promise"),
  "object tagged with a line break": () => tagged("a\r\nb\u2028"),
  "object without a prototype": () => Object.assign(Object.create(null), { content: "x" }),
  "frozen object": () => Object.freeze({ content: "x" }),
  "frozen array": () => Object.freeze(["x"]),
  "instance of a class": () =>
    new (class Message {
      content = "x";
    })(),
  "array of a class of its own": () =>
    new (class List extends Array {
      static [Symbol.species] = fail;
    })(3),
  "own __proto__": () => JSON.parse('{"__proto__":{"polluted":true},"content":"x"}'),
  "own constructor.prototype": () => JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  "objects 10,000 deep": () => deep(10_000, (value) => ({ value })),
  "arrays 10,000 deep": () => deep(10_000, (value) => [value]),
  "the longest array": () => new Array(2 ** 32 - 1),
  "sparse array": () => Object.assign([], { 3: "x", 9: undefined }),
  arguments: () =>
    (function none() {
      // biome-ignore lint/complexity/noArguments: the odd object itself is wanted.
      return arguments;
    })(1, 2),
  generator: () => (function* none() {})(),
  "function that throws": () => fail,
  // Known to be rejected: whoever calls it without a look at what it gives is no fault of the package.
  "async function that throws": () => () => {
    const promise = Promise.reject(new Error("rejected by an odd object"));
    promise.catch(() => {});
    return promise;
  },
  class: () => class {},
  symbol: () => Symbol("odd"),
  "registered symbol": () => Symbol.for("engagelab-livedesk.client"),
  "boxed symbol": () => Object(Symbol("odd")),
  "boxed bigint": () => Object(1n),
  "huge bigint": () => 10n ** 5000n,
  "negative bigint": () => -(2n ** 63n),
  "-0": () => -0,
  NaN: () => Number.NaN,
  "lone surrogates": () => "a\ud800b\udfff",
  "control characters": () => "\0\x1b\r\n\x7f\u2028",
  "an invalid Date": () => new Date(Number.NaN),
  "a RegExp": () => /x/g,
  "a Map of itself": () => {
    const map = new Map();
    return map.set(map, map);
  },
  "a WeakMap": () => new WeakMap(),
  globalThis: () => globalThis,
  "an Error without a message": () => Object.assign(new Error(), { message: undefined, stack: 7 }),
  "an Error whose message throws": () => throwing("message", new Error("gone")),
  "an AggregateError": () => new AggregateError([1, new Error("x"), null], "several"),
  "a DOMException": () => new DOMException("aborted", "AbortError"),
  "an ArrayBuffer": () => new ArrayBuffer(8),
  "a SharedArrayBuffer": () => new SharedArrayBuffer(8),
  "a detached ArrayBuffer": () => detached(Uint8Array).buffer,
  "a detached Uint8Array": () => detached(Uint8Array),
  "a detached Float64Array": () => detached(Float64Array),
  "a detached DataView": () => {
    const { buffer } = new Uint8Array(8);
    const view = new DataView(buffer);
    structuredClone(buffer, { transfer: [buffer] });
    return view;
  },
  "WebAssembly.Memory": () => new WebAssembly.Memory({ initial: 1 }),
};

/** Costly ones, which come rarely. */
export const HUGE = {
  "text of 1 MB": () => "x".repeat(1_000_000),
  "text of 1 MB of surrogate pairs": () => "\u{1f600}".repeat(250_000),
  "array of 100,000": () => new Array(100_000).fill("x"),
  "array of 250,000": () => new Array(250_000).fill(0),
  "object of 20,000 keys": () =>
    Object.fromEntries(Array.from({ length: 20_000 }, (_, key) => [`k${key}`, key])),
  "bytes of 1 MB": () => new Uint8Array(1_000_000),
};
