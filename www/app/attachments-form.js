// The chosen files: picked, dropped or the samples, shown with a button to take each out again.

import { byId, make, size } from "./dom.js";

const SAMPLES = { "parcel.png": "image/png", "chime.wav": "audio/wav" };
const picker = byId("files");
const list = byId("chosen");
let chosen = [];

export function startAttachments(form) {
  const drop = form.querySelector(".drop");
  picker.addEventListener("change", () => {
    add(picker.files);
    // Otherwise choosing the same file again would be no change.
    picker.value = "";
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    add(event.dataTransfer.files);
  });
  byId("samples").addEventListener("click", async () =>
    add(await Promise.all(Object.entries(SAMPLES).map(sample))),
  );
}

/** What the Attachments tab says, as sendAttachments takes it. */
export function readAttachments(form) {
  const content = form.elements.content.value;
  return content === "" ? { attachments: chosen } : { attachments: chosen, content };
}

/** Sent: nothing is to go out twice. */
export function clearAttachments(form) {
  chosen = [];
  form.elements.content.value = "";
  show();
}

function add(files) {
  chosen = [...chosen, ...files];
  show();
}

async function sample([name, type]) {
  const response = await fetch(`assets/${name}`);
  return new File([await response.blob()], name, { type });
}

function show() {
  list.replaceChildren(...chosen.map(item));
}

function item(file) {
  const remove = make("button", {
    type: "button",
    className: "link",
    textContent: "Remove",
    "aria-label": `Remove ${file.name}`,
  });
  remove.addEventListener("click", () => {
    chosen = chosen.filter((other) => other !== file);
    show();
    picker.focus();
  });
  const name = make("span", { className: "file-name", textContent: file.name });
  return make("li", {}, name, make("small", { textContent: size(file.size) }), remove);
}
