// Files arrive byte for byte, under their names and types.

import { check, equal } from "../check.mjs";

const MEBIBYTE = 1024 * 1024;
/** Every value a byte can have, out of order and more than once. */
const BYTES = Uint8Array.from({ length: 1024 }, (_, index) => (index * 37 + (index >> 8)) & 0xff);

/** Names as customers have them, and those that a form's headers have to escape. */
const NAMES = [
  "Übergröße 写真 👋.png",
  'a "quoted" name.txt',
  "semi;colon=and,comma.txt",
  "back\\slash.txt",
  "100%.txt",
  "a%22b.txt",
  "rtl-\u202eevil.txt",
  "Ende.",
  "e\u0301 decomposed.txt",
];

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes that no compression or pattern makes look right by chance. */
function noise(length) {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

const KINDS = {
  "a Blob": (bytes) => new Blob([bytes], { type: "text/plain" }),
  "a File": (bytes) => new File([bytes], "a.txt", { type: "text/plain" }),
  "a File without a type": (bytes) => new File([bytes], "a.txt"),
  "an ArrayBuffer": (bytes) => ({ data: bytes.slice().buffer, name: "a.txt" }),
  "a typed array": (bytes) => ({ data: bytes, name: "a.txt" }),
  "a part of a buffer": (bytes) => ({ data: padded(bytes).subarray(3, 3 + bytes.length), name: "a.txt" }),
  "a DataView": (bytes) => ({ data: new DataView(padded(bytes).buffer, 3, bytes.length), name: "a.txt" }),
  "16-bit numbers": (bytes) => ({ data: new Uint16Array(bytes.slice().buffer), name: "a.txt" }),
  "a Blob with another name and type": (bytes) => ({
    data: new Blob([bytes], { type: "image/png" }),
    name: "a.bin",
    type: "text/plain",
  }),
  "a slice of a Blob": (bytes) => new Blob([padded(bytes)]).slice(3, 3 + bytes.length, "text/plain"),
};

function padded(bytes) {
  const all = new Uint8Array(bytes.length + 8).fill(0x2d);
  all.set(bytes, 3);
  return all;
}

function typeOfText(platform) {
  return platform.has("adds a charset") ? "text/plain;charset=utf-8" : "text/plain";
}

/** Of a path the last part arrives. */
function arriving(name, platform) {
  const last = name.split("\\").at(-1);
  return platform.has("composes accents") ? last.normalize("NFC") : last;
}

async function storedFiles(seen) {
  return (await seen()).messages[141].flatMap((message) => message.attachments);
}

export const cases = {
  ...Object.fromEntries(
    Object.entries(KINDS).map(([kind, make]) => [
      `${kind} arrives byte for byte, every value of a byte among them`,
      async ({ client, seen, platform }) => {
        const attachment = make(BYTES);
        await client().sendAttachments(141, { attachments: [attachment] });
        const [{ name, type, size, sha256: digest }] = await storedFiles(seen);
        equal([type, size, digest], [typeOfText(platform), BYTES.length, await sha256(BYTES)]);
        if (attachment.name) equal(name, attachment.name);
      },
    ]),
  ),

  "3 MiB arrive byte for byte": async ({ client, seen }) => {
    const data = noise(3 * MEBIBYTE);
    await client().sendAttachments(141, { attachments: [{ data, name: "large.bin" }] });
    const [{ size, sha256: digest }] = await storedFiles(seen);
    equal([size, digest], [data.length, await sha256(data)]);
  },

  "a large file that meets a 429 is whole in the next attempt": async ({ client, seen }) => {
    const data = noise(1.5 * MEBIBYTE);
    await client().sendAttachments(900430, { attachments: [new File([data], "large.bin")] });
    const { messages, requests } = await seen();
    equal(requests.length, 2);
    equal(messages[900430][0].attachments[0].sha256, await sha256(data));
  },

  "file names arrive as they are, whatever is in them, but without a path": async ({
    client,
    seen,
    platform,
  }) => {
    const attachments = NAMES.map((name) => new File([BYTES], name, { type: "image/png" }));
    await client().sendAttachments(141, { attachments });
    const names = (await storedFiles(seen)).map(({ name }) => name);
    equal(
      names,
      NAMES.map((name) => arriving(name, platform)),
    );
  },

  "a line break in a file name does not end the form's header": async ({ client, seen }) => {
    const name = 'a\r\nContent-Type: text/html\r\n\r\n"b\n.txt';
    await client().sendAttachments(141, { attachments: [{ data: BYTES, name, type: "image/png" }] });
    const [file, ...others] = await storedFiles(seen);
    equal(others, []);
    equal([file.type, file.sha256], ["image/png", await sha256(BYTES)]);
    // It has a slash, and of a path the last part arrives.
    equal(file.name, name.slice(name.indexOf("/") + 1));
  },

  "15 files keep their order, types found from their names": async ({ client, seen }) => {
    const names = ["a.PNG", "b.pdf", "c.opus", "d.zzz", ..."efghijklmno"].map((name) => name);
    const attachments = names.map((name, index) => ({ data: Uint8Array.of(index), name }));
    await client().sendAttachments(141, { attachments });
    const files = await storedFiles(seen);
    equal(
      files.map(({ name }) => name),
      names,
    );
    const types = ["image/png", "application/pdf", "audio/ogg", "application/octet-stream"];
    equal(
      files.slice(0, 4).map(({ type }) => type),
      types,
    );
  },

  "a nameless Blob gets a name that fits its type": async ({ client, seen }) => {
    await client().sendAttachments(141, { attachments: [new Blob([BYTES], { type: "image/png" })] });
    const [{ name, type }] = await storedFiles(seen);
    equal(type, "image/png");
    check(/^[\w-]+\.png$/.test(name), name);
  },

  "an empty file is refused, whatever it is made of": async ({ client, rejection, seen }) => {
    const attachments = [new Blob([]), new File([], "a.txt"), { data: new Uint8Array(0), name: "b.txt" }];
    const error = await rejection(client().sendAttachments(141, { attachments }), "ValidationError");
    equal(
      error.issues.map(({ path, code }) => [path, code]),
      ["attachments[0]", "attachments[1]", "attachments[2].data"].map((path) => [path, "empty_file"]),
    );
    equal((await seen()).requests, []);
  },

  "a buffer that changes after the call began is sent as it was": async ({ client, seen }) => {
    const data = BYTES.slice();
    const sent = client().sendAttachments(141, { attachments: [{ data, name: "a.txt" }] });
    data.fill(0);
    await sent;
    equal((await storedFiles(seen))[0].sha256, await sha256(BYTES));
  },

  "a caption, a private note and attributes go along with files": async ({ client, seen }) => {
    const content_attributes = { album: "Urlaub", nested: [1, null] };
    const message = {
      content: "Voilà 👋",
      private: true,
      content_attributes,
      attachments: [new Blob(["x"])],
    };
    await client().sendAttachments(141, message);
    const [stored] = (await seen()).messages[141];
    equal([stored.content, stored.private], ["Voilà 👋", true]);
    equal(stored.content_attributes, content_attributes);
  },
};
