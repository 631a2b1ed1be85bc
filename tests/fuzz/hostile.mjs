// Values that fight back: every one of them is legal JavaScript, and none of it what a caller should pass.

import { livedesk } from "../lib/package.mjs";

const fail = () => {
  throw new Error("thrown by a hostile value");
};
const TRAPS = Object.getOwnPropertyNames(Reflect);
const everyTrap = (trap) => Object.fromEntries(TRAPS.map((name) => [name, trap]));

/** `get` and `apply` give `answer()`, and whatever is asked for is there. */
function answering(target, answer) {
  return new Proxy(target, {
    get: answer,
    apply: answer,
    construct: () => ({}),
    has: () => true,
    set: () => true,
    // Its own prototype would be an endless chain, on which `instanceof` itself never ends.
    getPrototypeOf: () => null,
  });
}

function answeringItself(target) {
  const proxy = answering(target, () => proxy);
  return proxy;
}

/** Without an end, though not without a limit: one new object a level. */
function endless() {
  return new Proxy(
    {},
    {
      get: (_, key) => (typeof key === "symbol" || key === "then" ? undefined : endless()),
      ownKeys: () => ["deeper"],
      getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
    },
  );
}

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

const lengthOf = (length) => () =>
  new Proxy([], { get: (target, key) => (key === "length" ? length : target[key]) });

export const PROXIES = {
  "Proxy that throws on every trap": () => new Proxy({}, everyTrap(fail)),
  "array Proxy that throws on every trap": () => new Proxy([], everyTrap(fail)),
  "function Proxy that throws on every trap": () => new Proxy(() => {}, everyTrap(fail)),
  "Proxy that answers everything with itself": () => answeringItself({}),
  "array Proxy that answers everything with itself": () => answeringItself([]),
  "function Proxy that answers everything with itself": () => answeringItself(() => {}),
  "array Proxy that answers everything with such a function": () =>
    answering([], () => answeringItself(() => {})),
  "Proxy that answers everything with true": () => answering({}, () => true),
  "Proxy that answers everything with 7": () => answering({}, () => 7),
  "Proxy that answers everything with text": () => answering({}, () => "text"),
  "Proxy that answers everything with a symbol": () => answering({}, () => Symbol("answer")),
  "Proxy that answers everything with a function that throws": () => answering({}, () => fail),
  "Proxy without an end": endless,
  "revoked Proxy": () => revoked({}),
  "revoked array Proxy": () => revoked([]),
  "revoked function Proxy": () => revoked(() => {}),
  "array of length text": lengthOf("abc"),
  "array of length NaN": lengthOf(Number.NaN),
  "array of length -1": lengthOf(-1),
  "array of length Infinity": lengthOf(Number.POSITIVE_INFINITY),
  "array of length 1n": lengthOf(1n),
  "array of length Symbol": lengthOf(Symbol("length")),
  "Proxy of a client": () => new Proxy(client(), {}),
  "Proxy of a Date": () => new Proxy(new Date(), {}),
};

/** A rejected promise that is somebody's business: only what others make of it can go unhandled. */
function rejected(reason) {
  const promise = Promise.reject(reason);
  promise.catch(() => {});
  return promise;
}

export const THENABLES = {
  "promise that never settles": () => new Promise(() => {}),
  "promise of undefined": () => Promise.resolve(),
  "promise that rejects": () => rejected(new Error("rejected")),
  "promise that rejects with undefined": () => rejected(undefined),
  "promise whose constructor throws": () =>
    Object.defineProperty(Promise.resolve(1), "constructor", { get: fail }),
  "promise whose then is no function": () => Object.assign(Promise.resolve(1), { then: 7 }),
  "promise whose then throws": () => Object.assign(Promise.resolve(1), { then: fail }),
  "promise of a class of its own": () => class Mine extends Promise {}.resolve(1),
  "thenable that never settles": () => ({ then() {} }),
  "thenable that rejects": () => ({ then: (_, reject) => reject?.(new Error("rejected")) }),
  "thenable that throws": () => ({ then: fail }),
  "thenable whose then cannot be read": () => Object.defineProperty({}, "then", { get: fail }),
  "thenable that resolves twice": () => ({
    then(resolve) {
      resolve?.(1);
      resolve?.(2);
    },
  }),
  "thenable that resolves, then throws": () => ({
    then(resolve) {
      resolve?.(1);
      fail();
    },
  }),
  "thenable that resolves with one that rejects": () => ({
    then: (resolve) => resolve?.({ then: (_, reject) => reject?.(7) }),
  }),
  "thenable whose then is there only once": () => {
    let reads = 0;
    return Object.defineProperty({}, "then", {
      get: () => (reads++ ? undefined : (resolve) => resolve?.(1)),
    });
  },
};

/** A client, which costs next to nothing. */
export function client() {
  return new livedesk.LiveDesk({ baseUrl: "https://livedesk.invalid" });
}

export const CLIENTS = {
  "a client": client,
  "the prototype of clients": () => livedesk.LiveDesk.prototype,
  "an object that says it is a client": () => Object.create(livedesk.LiveDesk.prototype),
  "a forged client": () => ({ [Symbol.for("engagelab-livedesk.client")]: true }),
  "the class": () => livedesk.LiveDesk,
  "an error of the package": () => new livedesk.ApiError("made up", { outcome: "rejected" }),
  "an empty error of the package": () => new livedesk.LiveDeskError(),
  "a forged error": () => ({ [Symbol.for("engagelab-livedesk.error")]: ["LiveDeskError"], outcome: 7 }),
  "a forged error of odd brands": () => ({ [Symbol.for("engagelab-livedesk.error")]: answeringItself([]) }),
};
