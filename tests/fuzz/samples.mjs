// Messages that are as they should be, and every place in them where something else could stand.

import fc from "fast-check";
import { define } from "./values.mjs";

const content = "Hello";
const failed = {
  id: 29,
  status: "failed",
  content_attributes: { external_error: "131047: Re-engagement message" },
};

function template(header_params) {
  return {
    content,
    private: false,
    content_attributes: { in_reply_to: 29 },
    template_params: {
      name: "order_update",
      language: "en_US",
      category: "UTILITY",
      processed_params: { 1: "John", 2: "shipped" },
      header_params,
      footer_params: { text_variables: { 1: "Acme Corp" } },
      button_params: [
        { index: 0, sub_type: "url", text: "track/12345" },
        { index: 1, sub_type: "quick_reply", payload: "OPT_OUT" },
      ],
    },
  };
}

const media_url = "https://livedesk.invalid/a.png";
const HEADERS = [
  { type: "text", text_variables: { 1: "Order" } },
  { type: "image", media_url },
  { type: "video", media_url },
  { type: "document", media_url, filename: "a.pdf" },
  { type: "location", location: { latitude: 1.5, longitude: -2, name: "Here", address: "There" } },
];

/** `{ method, kind, make }`: the method it goes to, what `validate` calls it, and the message, made anew. */
const samples = [
  {
    method: "sendText",
    kind: "text",
    make: () => ({ content, private: false, content_attributes: { in_reply_to: 29 } }),
  },
  {
    method: "sendAttachments",
    kind: "attachments",
    make: () => ({
      content,
      attachments: [
        new File(["bytes"], "a.txt"),
        new Blob(["bytes"], { type: "image/png" }),
        { data: new Uint8Array(3), name: "a.pdf", type: "application/pdf" },
        { data: new ArrayBuffer(3), name: "a.png" },
      ],
      private: true,
      content_attributes: { in_reply_to: 29 },
    }),
  },
  ...HEADERS.map((header) => ({
    variant: header.type,
    method: "sendTemplate",
    kind: "template",
    make: () => structuredClone(template(header)),
  })),
  { method: "retryMessage", make: () => structuredClone(failed) },
];

export const SAMPLES = samples.map((sample) => ({
  ...sample,
  [fc.toStringMethod]: () => [sample.method, sample.variant].filter(Boolean).join(" with "),
}));

/** The paths of every field and item in a value, as lists of keys. */
function pathsIn(value, path = []) {
  const isTree = Array.isArray(value) || Object.getPrototypeOf(Object(value)) === Object.prototype;
  if (!isTree || value === null) return [];
  return Object.keys(value).flatMap((name) => [[...path, name], ...pathsIn(value[name], [...path, name])]);
}

/** Every sample with every one of its places: `{ method, kind, make, path }`. */
export const PLACES = SAMPLES.flatMap((sample) =>
  pathsIn(sample.make()).map((path) => ({ ...sample, path })),
);

/** The message of `make` with something else at `path`; with `more`, in a field of that name beside it. */
export function replaced({ make, path, more }, descriptor) {
  const message = make();
  const parent = path.slice(0, -1).reduce((value, name) => value[name], message);
  // A list takes lengths alone for its length.
  const name = Array.isArray(parent) && more === "length" ? undefined : more;
  define(parent, name ?? path.at(-1), descriptor);
  return message;
}
