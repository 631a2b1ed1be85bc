// From a record of the CSV to what is sent: to whom, what, and by which name the journal knows it.

import { createHash } from "node:crypto";
import { Refused } from "../refused.js";
import { readCsv } from "./csv.js";
import { columnsIn, fill, readPattern } from "./pattern.js";

/** @import { CsvRecord } from "./csv.js" */
/** @import { Part } from "./pattern.js" */

/**
 * @typedef {object} RowOptions what the rows are, and what becomes of each
 * @property {string} file the CSV
 * @property {string | undefined} [delimiter] default: found in the header
 * @property {string | undefined} [id] the column that names a row; default: a row is known by its content
 * @property {string | undefined} [conversation] the column of conversations; default: `conversation` or `conversation_id`
 * @property {string | undefined} [text] "Hi {name}": the message, or what agents see of a template or file
 * @property {string | undefined} [template] a template's name
 * @property {string | undefined} [language]
 * @property {string | undefined} [category]
 * @property {string[][] | undefined} [map] `["1", "name"]`: which column fills which parameter of the template; also `header.1`, `button.0`
 * @property {string | undefined} [attachment] "invoices/{order}.pdf": the path of a file
 * @property {boolean | undefined} [allowEmpty] default false: an empty cell that the message needs is refused
 */
/** @typedef {"text" | "template" | "attachments"} Kind */
/** @typedef {Record<string, unknown>} Message */
/**
 * @typedef {object} Row
 * @property {number} row as a spreadsheet numbers it
 * @property {string} id
 * @property {string} print tells whether the row's content changed, without saying it
 * @property {string} conversationId
 * @property {Kind} kind
 * @property {Message} message without its file
 * @property {string | undefined} [path] of its file
 * @property {string[]} wrong what is wrong with the record itself
 */

const CONVERSATIONS = ["conversation", "conversation_id"];
const HIGHEST_ID = 2n ** 63n - 1n;
/** A row's id is kept in memory and in the journal. */
const LONGEST_ID = 200;

/**
 * @param {RowOptions} options
 * @returns {AsyncGenerator<Row>}
 */
export async function* readRows(options) {
  /** @type {((record: CsvRecord) => Row) | undefined} */
  let toRow;
  for await (const record of readCsv(options.file, options.delimiter)) {
    if (toRow) yield toRow(record);
    else toRow = reader(options, record.cells);
  }
  if (!toRow) throw new Refused("the file has no header: its first row names the columns");
}

/**
 * @param {RowOptions} options
 * @param {string[]} header
 */
function reader(options, header) {
  const columnOf = columnsOf(header);
  const conversation = columnOf(
    options.conversation ??
      CONVERSATIONS.find((name) => header.some((cell) => cell.trim() === name)) ??
      "conversation",
  );
  const id = options.id === undefined ? undefined : columnOf(options.id);
  const { kind, used, write, pathOf } = writer(options, columnOf);

  return (/** @type {CsvRecord} */ { row, cells }) => {
    const wrong = [];
    if (cells.length !== header.length) {
      wrong.push(`has ${cells.length} cells where the header has ${header.length}`);
    }
    const conversationId = (cells[conversation] ?? "").trim();
    if (!isId(conversationId))
      wrong.push(`${JSON.stringify(header[conversation])} is no conversation's number`);
    for (const column of used) {
      if (!options.allowEmpty && !cells[column]?.trim())
        wrong.push(`${JSON.stringify(header[column])} is empty`);
    }
    const message = write(cells);
    const path = pathOf(cells);
    const print = digest([conversationId, kind, message, path]);
    const named = id === undefined ? print : (cells[id] ?? "").trim();
    if (named === "" || named.length > LONGEST_ID)
      wrong.push(`its id is empty or has more than ${LONGEST_ID} characters`);
    return { row, id: named, print, conversationId, kind, message, path, wrong };
  };
}

/** @param {string[]} header */
function columnsOf(header) {
  const names = header.map((cell) => cell.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refused(`two columns are called ${JSON.stringify(twice)}`);
  return (/** @type {string} */ name) => {
    const index = names.indexOf(name);
    if (index < 0)
      throw new Refused(`there is no column "${name}"; there are ${JSON.stringify(names.slice(0, 20))}`);
    return index;
  };
}

/**
 * @param {RowOptions} options
 * @param {(name: string) => number} columnOf
 * @returns {{ kind: Kind, used: number[], write: (cells: string[]) => Message, pathOf: (cells: string[]) => string | undefined }}
 */
function writer(options, columnOf) {
  const text = options.text === undefined ? undefined : readPattern(options.text, columnOf);
  const none = () => undefined;
  if (options.template !== undefined) {
    const map = (options.map ?? []).map(([name = "", column = ""]) => ({ name, column: columnOf(column) }));
    const used = [...map.map(({ column }) => column), ...columnsIn(text ?? [])];
    return { kind: "template", used, write: (cells) => template(options, map, text, cells), pathOf: none };
  }
  if (options.attachment !== undefined) {
    const path = readPattern(options.attachment, columnOf);
    const write = (/** @type {string[]} */ cells) => (text ? { content: fill(text, cells) } : {});
    return {
      ...{ kind: "attachments", write, used: [...columnsIn(path), ...columnsIn(text ?? [])] },
      pathOf: (cells) => fill(path, cells),
    };
  }
  if (text === undefined) throw new Refused("say what to send: --template, --text or --file");
  return {
    kind: "text",
    used: columnsIn(text),
    write: (cells) => ({ content: fill(text, cells) }),
    pathOf: none,
  };
}

/**
 * @param {RowOptions} options
 * @param {{ name: string, column: number }[]} map
 * @param {Part[] | undefined} text
 * @param {string[]} cells
 */
function template({ template: name, language, category }, map, text, cells) {
  /** @type {Record<string, string>} */
  const body = {};
  /** @type {Record<string, string>} */
  const header = {};
  const buttons = [];
  for (const { name: place, column } of map) {
    const value = cells[column] ?? "";
    const [part, key] = place.includes(".") ? place.split(".", 2) : ["body", place];
    if (part === "header") header[key ?? ""] = value;
    else if (part === "button") buttons.push({ index: Number(key), sub_type: "url", text: value });
    else body[key ?? ""] = value;
  }
  const isEmpty = (/** @type {object} */ value) => Object.keys(value).length === 0;
  const shown = text ? fill(text, cells) : `${name}: ${Object.values(body).join(", ")}`;
  return {
    content: shown,
    template_params: {
      ...{ name, language },
      ...(category === undefined ? {} : { category }),
      ...(isEmpty(body) ? {} : { processed_params: body }),
      ...(isEmpty(header) ? {} : { header_params: { type: "text", text_variables: header } }),
      ...(buttons.length === 0 ? {} : { button_params: buttons }),
    },
  };
}

/** @param {string} text */
function isId(text) {
  return /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= HIGHEST_ID;
}

/** @param {unknown} value */
export function digest(value) {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
