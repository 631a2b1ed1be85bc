// Shows the files as they were sent, from this browser's memory: what LiveDesk stored is at an address that
// needs no login and never expires, which is not for a page to load or to show around.

import { make, size } from "./dom.js";

export function previews(files) {
  return files.map(preview);
}

function preview(file) {
  const caption = make("figcaption", { textContent: `${file.name} · ${size(file.size)}` });
  const shown = media(file);
  return shown ? make("figure", {}, shown, caption) : make("figure", { className: "document" }, caption);
}

function media(file) {
  const kind = file.type.split("/")[0];
  // Released with the page: a preview is shown for as long as its conversation can be.
  const src = ["image", "audio", "video"].includes(kind) ? URL.createObjectURL(file) : undefined;
  if (kind === "image") return make("img", { src, alt: file.name });
  if (kind === "audio")
    return make("audio", { src, controls: true, preload: "metadata", "aria-label": file.name });
  if (kind === "video")
    return make("video", { src, controls: true, preload: "metadata", "aria-label": file.name });
  return undefined;
}
