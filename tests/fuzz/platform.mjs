// Objects of the web platform: whole, forged, and of subclasses that answer something else.

const fail = () => {
  throw new Error("thrown by a platform object");
};

/** A Blob or File of a subclass with one field of its own. */
function overridden(parent, key, get) {
  const blob = parent === File ? new File(["bytes"], "a.txt") : new Blob(["bytes"]);
  return Object.defineProperty(blob, key, { get });
}

const odd = {
  throws: fail,
  null: () => null,
  "a number": () => 7,
  "a bigint": () => 7n,
  "a symbol": () => Symbol("odd"),
  "an object": () => ({ replace: () => ({}) }),
  NaN: () => Number.NaN,
  "a lone surrogate": () => "\ud800",
};

const overrides = Object.fromEntries(
  [Blob, File].flatMap((parent) =>
    ["type", "size", "name", "slice"].flatMap((key) =>
      Object.entries(odd).map(([what, get]) => [
        `a ${parent.name} whose ${key} is ${what}`,
        () => overridden(parent, key, get),
      ]),
    ),
  ),
);

const names = [
  "",
  ".",
  "a/b",
  "\ud800.txt",
  '"\r\n',
  "x".repeat(10_000),
  "no extension",
  "\u202etxt.exe",
  "a.PNG",
];

/** A signal of somebody else's: it has what an AbortSignal is known by, and one thing is odd. */
const signalLike = (fields) => ({
  aborted: false,
  reason: undefined,
  addEventListener() {},
  removeEventListener() {},
  ...fields,
});

/** `aborted` is read well once, then throws. */
function fickle() {
  let reads = 0;
  return Object.defineProperty(signalLike(), "aborted", { get: () => reads++ > 0 && fail() });
}

export const SIGNALS = {
  "an AbortSignal": () => new AbortController().signal,
  "an aborted AbortSignal": () => AbortSignal.abort(),
  "an AbortSignal aborted without a reason": () => AbortSignal.abort(null),
  "a signal that can only be listened to": () => ({ aborted: false, addEventListener() {} }),
  "a signal that cannot be listened to": () => signalLike({ addEventListener: fail }),
  "a signal that cannot be left": () => signalLike({ removeEventListener: fail }),
  "a signal without a reason to read": () => Object.defineProperty(signalLike(), "reason", { get: fail }),
  "a signal that throws the second time": fickle,
  "a signal that aborts while it is listened to": () =>
    signalLike({ addEventListener: (_, listener) => listener() }),
  "a signal that calls what is none": () => signalLike({ addEventListener: (_, listener) => listener(fail) }),
};

export const PLATFORM = {
  ...overrides,
  ...SIGNALS,
  ...Object.fromEntries(
    names.map((name) => [`a File called ${JSON.stringify(name).slice(0, 20)}`, () => new File(["x"], name)]),
  ),
  "an empty Blob": () => new Blob(),
  "an object that says it is a Blob": () => Object.create(Blob.prototype),
  "an object that says it is a File": () => Object.create(File.prototype),
  "Headers of odd names": () => new Headers({ __proto__: null, constructor: "x", "retry-after": "-1" }),
  "a FormData": () => new FormData(),
  URLSearchParams: () => new URLSearchParams("a=1"),
  "a URL": () => new URL("https://livedesk.invalid/"),
  "a file: URL": () => new URL("file:///nowhere/at/all"),
  "a file: URL with a host": () => new URL("file://host/a%2Fb"),
  "an object that says it is a URL": () => Object.create(URL.prototype),
  "a URL whose toString throws": () => Object.assign(new URL("https://livedesk.invalid"), { toString: fail }),
  "a Request": () => new Request("https://livedesk.invalid"),
  "a Response": () => new Response("{}"),
  "a Response of an error": () => Response.error(),
  "a ReadableStream": () => new ReadableStream(),
  "a locked ReadableStream": () => {
    const stream = new ReadableStream();
    stream.getReader();
    return stream;
  },
  "an Event": () => new Event("abort"),
};
