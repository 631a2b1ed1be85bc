// Files of a message, described as LiveDesk describes them.

import { extensionOf, safeName } from "./file-name.js";
import { ACCOUNT_ID } from "./people.js";
import { Refusal } from "./responses.js";
import { isObject, isPresent, Upload } from "./ruby.js";

/** @import { SandboxAttachment } from "../sandbox.js" */

/** @import { Store } from "./store.js" */

const NO_FILE = "Could not find or build blob: expected attachable";
/** Compared exactly: with a parameter or in capitals they are files, as every other type is. */
const IMAGES = ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp", "image"];
const VIDEOS = ["video/ogg", "video/mp4", "video/webm", "video/quicktime", "video"];
/** A type without a slash says nothing of the file, and then its name is what is gone by for a thumbnail. */
const IMAGE_NAMES = ["jpg", "jpeg", "png", "gif", "bmp", "webp"];
/** A name that resolves nowhere: the sandbox serves no files. */
const FILES_URL = "https://livedesk.invalid/rails/active_storage";

/**
 * @param {unknown} files the request's `attachments` parameter
 * @param {import("./store.js").Store} store
 * @param {number} messageId
 * @param {number} most more of them are refused
 * @returns {SandboxAttachment[]}
 */
export function buildAttachments(files, store, messageId, most) {
  if (!isPresent(files)) return [];
  if (isObject(files)) throw new Refusal(422, NO_FILE);
  if (!Array.isArray(files)) throw new Refusal(422, "undefined method `each'");
  if (files.length > most) throw new Refusal(422, "Validation failed: Attachments exceeded maximum allowed");
  return files.map((file) => describe(file, store, messageId));
}

/**
 * @param {unknown} upload
 * @param {Store} store
 * @param {number} messageId
 */
function describe(upload, store, messageId) {
  const isUpload = upload instanceof Upload;
  if (!isUpload && typeof upload !== "string") throw new Refusal(422, NO_FILE);
  // A text stands for a file uploaded before, by a signed id that the sandbox never gave out.
  if (!isUpload && isPresent(upload)) throw new Refusal(422, "mismatched digest");
  const file = isUpload ? upload.file : new File([], "");
  if (file.name.includes("\0")) throw new Refusal(422, "string contains null byte");
  const attachment = /** @type {SandboxAttachment} */ ({
    id: store.newAttachmentId(),
    message_id: messageId,
    file_type: isUpload ? fileTypeOf(upload.type) : "file",
    account_id: ACCOUNT_ID,
  });
  if (isUpload) Object.assign(attachment, metadata(upload, attachment));
  // For tests to look at; not enumerable, so that it is never part of an answer.
  return Object.defineProperty(attachment, "blob", { value: file });
}

/**
 * @param {Upload} upload
 * @param {Pick<SandboxAttachment, "id" | "file_type">} attachment
 */
function metadata({ file, type }, { id, file_type }) {
  const extension = extensionOf(file.name);
  const isShown =
    file_type === "image" && (type?.includes("/") || IMAGE_NAMES.includes(String(extension?.toLowerCase())));
  const path = `redirect/${id}/${encodeURIComponent(safeName(file.name))}`;
  return {
    extension,
    data_url: `${FILES_URL}/blobs/${path}`,
    thumb_url: isShown ? `${FILES_URL}/representations/${path}` : "",
    file_size: file.size,
    width: null,
    height: null,
  };
}

/**
 * Goes by the part's Content-Type alone, whatever the file is called.
 * @param {string | undefined} type
 */
function fileTypeOf(type) {
  if (IMAGES.includes(String(type))) return "image";
  if (VIDEOS.includes(String(type))) return "video";
  return type?.includes("audio/") ? "audio" : "file";
}
