// Files of a message, described as LiveDesk describes them.

import { extensionOf, safeName } from "./file-name.js";
import { ACCOUNT_ID } from "./people.js";
import { Refusal } from "./responses.js";
import { isPresent, Upload } from "./ruby.js";

/** Compared exactly: with a parameter or in capitals they are files, as every other type is. */
const IMAGES = ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp", "image"];
const VIDEOS = ["video/ogg", "video/mp4", "video/webm", "video/quicktime", "video"];
/** A name that resolves nowhere: the sandbox serves no files. */
const FILES_URL = "https://livedesk.invalid/rails/active_storage";

/**
 * @param {unknown} files the request's `attachments` parameter
 * @param {import("./store.js").Store} store
 * @param {number} messageId
 * @param {number} most more of them are refused
 * @returns {object[]}
 */
export function buildAttachments(files, store, messageId, most) {
  if (!isPresent(files)) return [];
  if (!Array.isArray(files)) throw new Refusal(422, "undefined method 'each'");
  if (files.length > most) throw new Refusal(422, "Validation failed: Attachments exceeded maximum allowed");
  return files.map((file) => describe(file, store, messageId));
}

function describe(upload, store, messageId) {
  const isUpload = upload instanceof Upload;
  // A text stands for a file uploaded before, by a signed id that the sandbox never gave out.
  if (!isUpload && (typeof upload !== "string" || isPresent(upload)))
    throw new Refusal(422, "mismatched digest");
  const file = isUpload ? upload.file : new File([], "");
  if (file.name.includes("\0")) throw new Refusal(422, "string contains null byte");
  const attachment = {
    id: store.newAttachmentId(),
    message_id: messageId,
    file_type: isUpload ? fileTypeOf(upload.type) : "file",
    account_id: ACCOUNT_ID,
  };
  if (isUpload) Object.assign(attachment, metadata(file, attachment));
  // For tests to look at; not enumerable, so that it is never part of an answer.
  return Object.defineProperty(attachment, "blob", { value: file });
}

function metadata(file, { id, file_type }) {
  const path = `redirect/${id}/${encodeURIComponent(safeName(file.name))}`;
  return {
    extension: extensionOf(file.name),
    data_url: `${FILES_URL}/blobs/${path}`,
    thumb_url: file_type === "image" ? `${FILES_URL}/representations/${path}` : "",
    file_size: file.size,
    width: null,
    height: null,
  };
}

/** Goes by the part's Content-Type alone, whatever the file is called. */
function fileTypeOf(type) {
  if (IMAGES.includes(type)) return "image";
  if (VIDEOS.includes(type)) return "video";
  return type?.includes("audio/") ? "audio" : "file";
}
