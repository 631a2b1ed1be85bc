// A file on disk, in Node.

import { LiveDesk } from "engagelab-livedesk";
import { fileFromPath } from "engagelab-livedesk/node";

const desk = new LiveDesk({ apiKey: "key", apiSecret: "secret" });
const file: File = await fileFromPath("invoice.pdf", { name: "Invoice.pdf", type: "application/pdf" });
const other = await fileFromPath(new URL("file://folder/a.txt"));
await desk.sendAttachments(141, { attachments: [file, other, { data: Buffer.from("x"), name: "x.txt" }] });

// @ts-expect-error a path is text or a URL
await fileFromPath(7);
// @ts-expect-error an unknown option
await fileFromPath("a.txt", { filename: "b.txt" });
