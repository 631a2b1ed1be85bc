// Liquid in a message, which the real server renders whether the sender meant it or not.

import { Context, Liquid, toValueSync } from "liquidjs";
import { strictly } from "./lax.js";
import { dropsOf } from "./people.js";

/** @import { Rules } from "./versions.js" */

/** @import { Store } from "./store.js" */

/** @import { SandboxMessage } from "../sandbox.js" */
/** @typedef {Context["memoryLimit"]} Limiter */

/** What all texts of a message may cost together: a unit is a character that is read or rendered, or a step between. */
const BUDGET = 500_000;
/** For steps that are long themselves, as a condition of many parts: of each message again. */
const MAX_MS = 1000;
/** Of variables and tags; the library takes more than linear time for a list of very many. */
const MAX_TAGS = 5000;
const CODE = /`[^`]*`/g;
/** Upstream's Liquid has these filters; a value goes through any other as it is. */
const FILTERS = new Set(
  `abs append at_least at_most base64_decode base64_encode base64_url_safe_decode base64_url_safe_encode capitalize
  ceil compact concat date default divided_by downcase escape escape_once first floor h join last lstrip map minus
  modulo newline_to_br plus prepend remove remove_first remove_last replace replace_first replace_last reverse round
  rstrip size slice sort sort_natural split strip strip_html strip_newlines sum times truncate truncatewords uniq
  upcase url_decode url_encode where`.split(/\s+/),
);
const TAGS = new Set(
  `assign break capture case comment continue cycle decrement echo for if ifchanged increment liquid raw tablerow
  unless #`.split(/\s+/),
);
const ARITHMETIC = ["abs", "at_least", "at_most", "ceil", "floor", "minus", "plus", "round", "times"];
/** Upstream has no templates that could be included. */
const NO_INCLUDES = "Liquid error: This liquid context does not allow includes.";

/** Made by the first text with a brace: most tests have none. */
let engine;

/**
 * Renders the texts of one message. What is no Liquid, or would cost too much, stays as it is.
 *
 * @param {SandboxMessage} message
 * @param {import("./store.js").Store} store
 * @param {Rules} rules of the version
 */
export function liquidOf(message, store, rules) {
  let key;
  const drops = dropsOf(message, () => (key ??= keyOf(message.conversation_id, store)), rules);
  const budget = new Budget();
  // Without a brace there is nothing to do, and most messages have none.
  const render = (/** @type {string} */ text, source = text) =>
    /\{[{%]/.test(source) ? (rendered(source, drops, budget) ?? text) : text;
  return {
    render: (/** @type {string} */ text) => render(text),
    renderContent: (/** @type {string} */ text) => render(text, withoutCode(text)),
  };
}

/**
 * A conversation's own id: they are counted as they begin.
 * @param {number} conversationId
 * @param {Store} store
 */
function keyOf(conversationId, { conversations }) {
  const at = [...conversations.keys()].indexOf(conversationId);
  return 1 + (at < 0 ? conversations.size : at);
}

/**
 * What stands in backticks is left alone.
 * @param {string} text
 */
function withoutCode(text) {
  return /\{[{%]/.test(text)
    ? text.replace(CODE, (/** @type {string} */ code) => `{% raw %}${code}{% endraw %}`)
    : text;
}

/**
 * @param {string} source
 * @param {object} drops
 * @param {Budget} budget
 */
function rendered(source, drops, budget) {
  try {
    budget.use(source.length);
    if (source.split(/\{[{%]/).length > MAX_TAGS) return undefined;
    const strict = strictly(source);
    if (strict === undefined) return undefined;
    engine ??= makeEngine();
    const context = new Context(
      drops,
      engine.options,
      { sync: true },
      /** @type {{ memoryLimit: Limiter; renderLimit: Limiter }} */ (
        /** @type {unknown} */ ({ memoryLimit: budget, renderLimit: budget })
      ),
    );
    return toValueSync(engine.renderer.renderTemplates(engine.parse(strict), context));
  } catch {
    return undefined;
  }
}

function makeEngine() {
  const liquid = new Liquid({ ownPropertyOnly: true });
  for (const name of Object.keys(liquid.filters)) if (!FILTERS.has(name)) delete liquid.filters[name];
  for (const name of Object.keys(liquid.tags)) if (!TAGS.has(name)) delete liquid.tags[name];
  for (const name of ["include", "render"]) {
    liquid.registerTag(name, { parse() {}, render: () => NO_INCLUDES });
  }
  liquid.registerFilter("h", liquid.filters.escape);
  for (const name of ARITHMETIC) {
    const apply = /** @type {(...values: number[]) => unknown} */ (liquid.filters[name]);
    liquid.registerFilter(name, (value, ...others) => apply(numberOf(value), ...others.map(numberOf)));
  }
  liquid.registerFilter("divided_by", (value, by) =>
    divided(value, by, (/** @type {number} */ a, /** @type {number} */ b) => a / b),
  );
  liquid.registerFilter("modulo", (value, by) =>
    divided(value, by, (/** @type {number} */ a, /** @type {number} */ b) => a - b * Math.floor(a / b)),
  );
  charge(liquid.renderer);
  return liquid;
}

/**
 * What Ruby counts with: the number that a text begins with, and 0 for anything else.
 * @param {unknown} value
 */
function numberOf(value) {
  if (typeof value === "number") return value;
  return typeof value === "string" ? Number.parseFloat(value) || 0 : 0;
}

/**
 * Integers give integers, and nothing is divided by 0.
 * @param {unknown} value
 * @param {unknown} by
 * @param {(a: number, b: number) => number} divide
 */
function divided(value, by, divide) {
  const [a, b] = [numberOf(value), numberOf(by)];
  if (b === 0) return "Liquid error: divided by 0";
  const result = divide(a, b);
  return Number.isInteger(a) && Number.isInteger(b) ? Math.floor(result) : result;
}

/**
 * Every step and every character of a text counts: the library itself counts lists and what filters make.
 * @param {Liquid["renderer"]} renderer
 */
function charge(renderer) {
  const renderTemplates = renderer.renderTemplates;
  renderer.renderTemplates = function* chargeTemplates(
    /** @type {import("liquidjs").Template[]} */ templates,
    /** @type {Context} */ context,
    emitter = new Output(context),
  ) {
    context.memoryLimit.use(1);
    return yield* renderTemplates.call(this, templates, context, emitter);
  };
}

/** What is left to spend. The library, too, asks it for what lists and filters need. */
class Budget {
  #spent = 0;
  #deadline = Date.now() + MAX_MS;

  /** @param {unknown} cost */
  use(cost) {
    const spent = this.#spent + Math.max(Number(cost) || 0, 0);
    if (spent > BUDGET) throw new RangeError("too much to render");
    this.#spent = spent;
  }

  check() {
    if (Date.now() > this.#deadline) throw new RangeError("too slow to render");
  }
}

class Output {
  buffer = "";
  #context;

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
  }

  /** @param {unknown} value */
  write(value) {
    const text = textOf(value);
    this.#context.memoryLimit.use(text.length + 1);
    this.buffer += text;
  }
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function textOf(value) {
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.map(textOf).join("") : String(value);
}
