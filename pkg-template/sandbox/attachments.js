// Files of a message, described as LiveDesk describes them.

import { isObject } from "./params.js";
import { ACCOUNT_ID } from "./people.js";
import { Refusal } from "./responses.js";

const MAX_ATTACHMENTS = 15;
/** Every other type is "file", image/heic, image/svg+xml and image/tiff among them. */
const IMAGES = ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp"];
const VIDEOS = ["video/ogg", "video/mp4", "video/webm", "video/quicktime"];
/** A name that resolves nowhere: the sandbox serves no files. */
const FILES_URL = "https://livedesk.invalid/rails/active_storage";

/**
 * @param {unknown} files the request's `attachments` parameter
 * @param {import("./store.js").Store} store
 * @param {number} messageId
 * @returns {object[]}
 */
export function buildAttachments(files, store, messageId) {
  if (!files || files.length === 0) return [];
  if (!Array.isArray(files)) throw new Refusal(422, rubyError(files));
  if (files.length > MAX_ATTACHMENTS) {
    throw new Refusal(422, "Validation failed: Attachments exceeded maximum allowed");
  }
  return files.map((file) => describe(file, store, messageId));
}

/** What Ruby says when it is given something else than a list. */
function rubyError(value) {
  if (isObject(value)) return "undefined method 'content_type' for an instance of Array";
  const type = value instanceof Blob ? "ActionDispatch::Http::UploadedFile" : "String";
  return `undefined method 'each' for an instance of ${type}`;
}

function describe(file, store, messageId) {
  // A text stands for a file uploaded before, by a signed id that the sandbox never gave out.
  if (!(file instanceof Blob)) throw new Refusal(422, "ActiveSupport::MessageVerifier::InvalidSignature");
  const id = store.newAttachmentId();
  const fileType = fileTypeOf(file.type);
  const path = `redirect/${id}/${encodeURIComponent(file.name)}`;
  const attachment = {
    id,
    message_id: messageId,
    file_type: fileType,
    account_id: ACCOUNT_ID,
    extension: /\.([a-z0-9]+)$/i.exec(file.name)?.[1] ?? null,
    data_url: `${FILES_URL}/blobs/${path}`,
    thumb_url: fileType === "image" ? `${FILES_URL}/representations/${path}` : "",
    file_size: file.size,
    width: null,
    height: null,
  };
  // For tests to look at; not enumerable, so that it is never part of an answer.
  return Object.defineProperty(attachment, "blob", { value: file });
}

/** Goes by the part's Content-Type alone, whatever the file is called. */
function fileTypeOf(type) {
  if (IMAGES.includes(type)) return "image";
  if (VIDEOS.includes(type)) return "video";
  return type.includes("audio/") ? "audio" : "file";
}
