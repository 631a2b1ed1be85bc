// Forms, and the fetches of other libraries that do not know them.

import { part } from "./files.js";

/** @import { Stop } from "./stop.js" */

/** What fetch implementations call where they turn a body into text, as engines write it in a stack's lines. */
const READS_BODY =
  /^ *at (?:new (?:Request|Body)|[\w$.]*(?:_initBody|extractBody|USVString))\b[^/\\]*\(|^(?:Request|Body|_initBody|extractBody|USVString)@/m;

/**
 * What a form is made of: texts, and files by their place among the message's.
 * @typedef {{ fields: { name: string; text: string }[]; files: { field: string; index: number; name: string; type: string }[] }} FormParts
 */

/** A library that does not know this runtime's FormData would send its name in its place: an empty message. */
export class UnknownForm extends TypeError {
  /**
   * `isFirst` if nothing can have been sent before it.
   * @param {boolean} isFirst
   */
  constructor(isFirst) {
    super("this fetch takes a form for text, so it does not know this FormData; give the runtime's own");
    // For Rust.
    if (isFirst) this.code = "UNKNOWN_FORM";
  }
}

/**
 * A log line may ask a form for its text; what makes a request of it may not.
 * @param {Stop} stop
 */
function text(stop) {
  // Once it went out as a form, a fetch that knew it has it.
  if (!stop.isOut && READS_BODY.test(callers())) throw new UnknownForm(stop.isHandingOver);
  return "[object FormData]";
}

/** Who asks, as far as the engine tells. */
function callers() {
  // Without this line's own message, which could hold such a word.
  return String(new Error().stack).replace(/^Error.*\n/, "");
}

/**
 * The form of these texts and files, each file labelled with its type; its bytes are not copied. Its name comes
 * escaped: workerd writes it as it is, and a line break in it would end the part's header.
 * @param {FormParts} form
 * @param {Blob[]} binaries
 * @param {Stop} stop
 */
export function formOf({ fields, files }, binaries, stop) {
  const form = new FormData();
  for (const { name, text } of fields) form.append(name, text);
  form.toString = () => text(stop);
  for (const { field, index, name, type } of files) {
    form.append(field, ...part(binaries[index], type, name, stop));
  }
  return form;
}
