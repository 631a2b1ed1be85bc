// How the engine rejects a call. The error itself is made by the facade, where its stack shows who called: Rust's
// tasks run on a stack of their own.

/** The class of the error, its fields, and what the attempt saw, if it is about one. */
export class Rejection {
  constructor(name, fields, source) {
    this.name = name;
    this.fields = fields;
    this.source = source;
  }
}

/** Called from Rust. */
export function reject(name, fields, source) {
  return new Rejection(name, fields, source);
}
