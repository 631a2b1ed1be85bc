// One request to a server of faults on top of node:http, and the ways to answer it or not to: the interface
// that the behaviours of tests/faults/faults.mjs are written for, so that they can share one address with
// other pages.

import { BODY } from "../faults/server.mjs";

export class Exchange {
  #response;
  #run;
  /** How many bytes of a body are still owed, once an answer has begun. */
  #owed;

  /** `run` counts what is stored; `count` is which request of the fault it is, from 1. */
  constructor(incoming, response, { run, count, elsewhere }) {
    this.#response = response;
    this.#run = run;
    this.request = { path: incoming.url, headers: incoming.headers, body: "" };
    this.count = count;
    this.elsewhere = elsewhere;
  }

  /** The message is in the conversation from here on. */
  store() {
    this.#run.stored += 1;
    return this;
  }

  /** Any bytes: more of a body, or what comes before or instead of an answer. */
  write(text) {
    if (this.#owed !== undefined) return this.#writeBody(text);
    // The one that is a whole answer goes the regular way: the server would wait for it on this connection.
    if (text.startsWith("HTTP/1.1 204")) this.#response.writeHead(204).end();
    else this.#response.socket?.write(text);
    return this;
  }

  /** A whole answer, or one that claims another length than its body's. */
  answer(status, body = "", { length = Buffer.byteLength(body), ...headers } = {}) {
    // Late answers come when a client has already gone.
    if (this.#response.destroyed) return this;
    const all = { "Content-Type": "application/json", "Content-Length": length, ...headers };
    this.#response.writeHead(status, "Text", all);
    this.#response.flushHeaders();
    this.#owed = length;
    return this.#writeBody(body);
  }

  #writeBody(text) {
    this.#owed -= Buffer.byteLength(text);
    if (this.#owed <= 0) this.#response.end(text);
    else if (text) this.#response.write(text);
    return this;
  }

  /** Stores the message and says so. */
  succeed() {
    return this.store().answer(200, BODY);
  }

  /** What was written still arrives. */
  close() {
    this.#response.socket?.end();
  }

  /** A TCP reset. */
  reset() {
    this.#response.socket?.resetAndDestroy();
  }
}
