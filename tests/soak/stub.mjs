// A soak without a network: the client's fetch is a function of this process.

import { clientOf } from "../lib/package.mjs";
import { ending, mismatch } from "./expected.mjs";
import { idIn, KINDS } from "./messages.mjs";
import { STUB_ENDINGS } from "./stub-endings.mjs";

const AT_ONCE = 100;
const ABORTED = AbortSignal.abort(new Error("before it began"));
const NO_CREDENTIALS = { apiKey: undefined, apiSecret: undefined };

/** `call(index)` makes one call of the rotation, and gives what is wrong with it, if anything is. */
export function stubSoak(shared) {
  /** By conversation; a request that finds no call here came after its call had ended. */
  const underWay = new Map();
  const stray = { requests: 0 };
  const { random } = Math;

  function fetch(url, init) {
    const call = underWay.get(idIn(url));
    if (!call) {
      stray.requests += 1;
      return new Response("");
    }
    call.requests += 1;
    return call.answer(init, call);
  }

  let events = 0;
  /** Its own trouble is of every kind in turn, since none may change anything. */
  function onEvent({ type, path }) {
    const call = underWay.get(idIn(path));
    if (type === "retry") call.onRetry?.(call);
    events += 1;
    if (events % 16 === 0) throw new Error("onEvent is broken");
    return events % 16 === 8 ? Promise.reject(new Error("onEvent is broken")) : undefined;
  }

  const options = { fetch, maxRetries: 2 };
  const authorization = async () => "Bearer token";
  const failing = () => Promise.reject(new Error("no token"));
  const desksOptions = {
    plain: options,
    asking: { ...options, ...NO_CREDENTIALS, authorization, onEvent },
    failing: { ...options, ...NO_CREDENTIALS, authorization: failing, onEvent },
  };
  const make = (name) => clientOf("https://desk.test", desksOptions[name]);
  const desks = { plain: make("plain"), asking: make("asking"), failing: make("failing") };

  async function call(index) {
    const { kind, how, desk, signal } = plan(index, shared);
    const id = index + 1;
    const state = { ...how, requests: 0, controller: how.signal === "own" ? new AbortController() : null };
    underWay.set(id, state);
    const client = how.pauses ? make(desk) : desks[desk];
    const message = how.isBad ? kind.bad() : kind.good(index);
    const requestOptions = { ...how.options, signal: state.controller?.signal ?? signal };
    const ended = await ending(kind.send(client, id, message, requestOptions));
    underWay.delete(id);
    // Its time can be over before its request, which is not made then.
    if (how.isHasty && state.requests === 0) return mismatch(ended, { ...how.expects, outcome: "not_sent" });
    if (state.requests !== how.requests) return `${state.requests} requests instead of ${how.requests}`;
    return mismatch(ended, how.expects);
  }

  return {
    atOnce: AT_ONCE,
    call,
    start() {
      // Takes the jitter out of the waits: all of the wait that is not asked for is 0 then.
      Math.random = () => 0;
    },
    stop() {
      Math.random = random;
      return stray.requests > 0 ? [`${stray.requests} requests came after their call had ended`] : [];
    },
    connections: () => 0,
  };
}

/** Every kind of call meets every ending with each client, with the shared signal and without one. */
function plan(index, shared) {
  const turn = Math.floor(index / KINDS.length);
  const round = Math.floor(turn / STUB_ENDINGS.length);
  const how = STUB_ENDINGS[turn % STUB_ENDINGS.length];
  const desk = how.desk ?? (round % 2 === 0 ? "plain" : "asking");
  const signal = how.signal === "aborted" ? ABORTED : round % 4 < 2 ? shared : undefined;
  return { kind: KINDS[index % KINDS.length], how, desk, signal };
}
