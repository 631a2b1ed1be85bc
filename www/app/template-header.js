// The header's fields, which depend on what kind of header it is.

import { byId, field, make } from "./dom.js";
import { decimal } from "./numbers.js";

const PATH = "template_params.header_params";
const kind = byId("header-type");
const box = byId("header-fields");

/** Label, where it goes, and what it starts with. */
const MEDIA = (example) => [["Address", "media_url", example]];
const FIELDS = {
  "": [],
  text: [["Variable 1", 'text_variables["1"]', "Order #456"]],
  image: MEDIA("https://example.com/order-456.png"),
  video: MEDIA("https://example.com/order-456.mp4"),
  document: [...MEDIA("https://example.com/invoice-456.pdf"), ["File name", "filename", "invoice-456.pdf"]],
  location: [
    ["Latitude", "location.latitude", "52.5163"],
    ["Longitude", "location.longitude", "13.3777"],
    ["Name", "location.name", "Pick-up point"],
    ["Street", "location.address", "Pariser Platz 1, Berlin"],
  ],
};

export function startHeader() {
  kind.addEventListener("change", show);
  show();
}

function show() {
  const inputs = FIELDS[kind.value].map(([label, path, value]) => {
    const input = make("input", { value, autocomplete: "off" });
    input.dataset.path = `${PATH}.${path}`;
    return field(label, input);
  });
  box.replaceChildren(...inputs);
}

/** `header_params`, or undefined when there is no header. */
export function readHeader() {
  const type = kind.value;
  const values = [...box.querySelectorAll("input")].map((input) => input.value);
  switch (type) {
    case "":
      return undefined;
    case "text":
      return { type, text_variables: { 1: values[0] } };
    case "location": {
      const [latitude, longitude] = values.map(decimal);
      const [, , name, address] = values.map(given);
      return { type, location: { latitude, longitude, name, address } };
    }
    case "document":
      return { type, media_url: values[0], filename: given(values[1]) };
    default:
      return { type, media_url: values[0] };
  }
}

function given(text) {
  return text === "" ? undefined : text;
}
