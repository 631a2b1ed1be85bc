// How the engine rejects a call. The error itself is made by the facade, where its stack shows who called: Rust's
// tasks run on a stack of their own.

export class Rejection {
  #authorization;

  /** The class of the error, its fields, and what the attempt saw, if it is about one. */
  constructor(name, fields, source, authorization) {
    this.name = name;
    this.fields = fields;
    this.source = source;
    this.#authorization = authorization;
  }

  /** All fields, with those that only JavaScript holds; what others wrote in them is redacted as `call` asks for. */
  all(call) {
    return { ...this.source?.extras(call, this.#authorization), ...this.fields };
  }
}

/** Called from Rust; `authorization` is the header of the last attempt. */
export function reject(name, fields, source, authorization) {
  return new Rejection(name, fields, source, authorization);
}
