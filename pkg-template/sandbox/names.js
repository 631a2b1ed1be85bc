// Parameters under names with brackets, as Rack reads them: a[b] is a field, a[] an item, a[][b] an item's field.

import { badRequest } from "./responses.js";
import { field, isObject, setField } from "./ruby.js";

/** @import { Fields } from "./ruby.js" */

/** Levels of brackets. */
const MAX_DEPTH = 32;

/**
 * @param {Iterable<[string, unknown]>} pairs
 * @returns {Record<string, unknown>} throws a 400 where a name is used as two kinds of thing
 */
export function nested(pairs) {
  const params = {};
  for (const [name, value] of pairs) place(params, name, value, 0);
  return params;
}

/**
 * Puts the value where its name says; gives the container, which is a list where the name ends in [].
 * @param {Fields} container
 * @param {string} name
 * @param {unknown} value
 * @param {number} depth
 */
function place(container, name, value, depth) {
  if (depth >= MAX_DEPTH) throw badRequest();
  const [key, rest] = depth === 0 ? splitFirst(name) : splitNext(name);
  if (key === "") return container;
  if (rest === "") {
    if (key === "[]" && depth > 0) return [value];
    setField(container, key, value);
  } else if (rest === "[") {
    setField(container, name, value);
  } else if (rest.startsWith("[]")) {
    const list = held(container, key, []);
    if (!Array.isArray(list)) throw badRequest();
    addItem(list, rest, value, depth);
  } else {
    const object = held(container, key, {});
    if (!isObject(object)) throw badRequest();
    setField(container, key, place(object, rest, value, depth + 1));
  }
  return container;
}

/**
 * @param {unknown[]} list
 * @param {string} rest
 * @param {unknown} value
 * @param {number} depth
 */
function addItem(list, rest, value, depth) {
  if (rest === "[]") {
    list.push(value);
    return;
  }
  const child = /^\[\]\[([^[\]]+)\]$/.exec(rest)?.[1] ?? rest.slice(2);
  const last = list.at(-1);
  // A field that the last item does not have yet is that item's; otherwise the next item begins.
  if (isObject(last) && !has(last, child)) place(last, child, value, depth + 1);
  else list.push(place({}, child, value, depth + 1));
}

/**
 * What is there, or `fresh`, which is there from now on.
 * @param {Fields} container
 * @param {string} key
 * @param {unknown} fresh
 */
function held(container, key, fresh) {
  const present = field(container, key);
  if (present !== undefined && present !== null) return present;
  setField(container, key, fresh);
  return fresh;
}

/**
 * @param {unknown} object
 * @param {string} name
 */
function has(object, name) {
  if (name.includes("[]")) return false;
  let at = object;
  for (const part of name.split(/[[\]]+/)) {
    if (part === "") continue;
    if (!isObject(at) || !Object.hasOwn(at, part)) return false;
    at = at[part];
  }
  return true;
}

/**
 * A bracket at the very beginning is a part of the name.
 * @param {string} name
 */
function splitFirst(name) {
  const at = name.indexOf("[", 1);
  return at < 0 ? [name, ""] : [name.slice(0, at), name.slice(at)];
}

/** @param {string} name */
function splitNext(name) {
  if (name.startsWith("[]")) return ["[]", name.slice(2)];
  const end = name.startsWith("[") ? name.indexOf("]", 1) : -1;
  return end < 0 ? [name, ""] : [name.slice(1, end), name.slice(end + 1)];
}
