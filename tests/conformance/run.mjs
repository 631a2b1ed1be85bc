// What the conformance server has of one case: its own sandbox, its requests and what they stored.

import { createHash } from "node:crypto";
import { sandbox } from "../lib/package.mjs";
import { CREDENTIALS } from "./context.mjs";

export class Run {
  /** What the faults have stored. */
  stored = 0;
  /** Every request to the sandbox or to a fault, and those to the address that nobody should turn to. */
  requests = [];
  elsewhere = [];
  /** How many requests to a fault ended before their answer did, on whichever side. */
  gone = 0;
  #sandbox;
  #counts = new Map();

  /** `version` is the sandbox's. */
  constructor(version) {
    this.#sandbox = sandbox.createSandbox({ ...CREDENTIALS, version });
  }

  note(list, { method, url, headers }) {
    const { authorization, accept, "content-type": contentType } = headers;
    list.push({ method, path: url.replace(/^\/run\/[^/]+/, ""), authorization, accept, contentType });
  }

  /** Which request of that fault this is, from 1. */
  countOf(fault) {
    const count = (this.#counts.get(fault) ?? 0) + 1;
    this.#counts.set(fault, count);
    return count;
  }

  /** The sandbox's answer. */
  ask(request) {
    return this.#sandbox.fetch(request);
  }

  /** As JSON: the messages of every conversation, with the SHA-256 of their files. */
  async report() {
    const conversations = [...this.#sandbox.conversations];
    const { requests, elsewhere, gone } = this;
    const messages = {};
    let stored = this.stored;
    for (const [id, list] of conversations) {
      messages[id] = await Promise.all(list.map(withFiles));
      stored += list.length;
    }
    return { stored, messages, requests, elsewhere, gone };
  }
}

async function withFiles(message) {
  return { ...message, attachments: await Promise.all(message.attachments.map(({ blob }) => fileOf(blob))) };
}

async function fileOf(blob) {
  const bytes = Buffer.from(await blob.arrayBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name: blob.name, type: blob.type, size: blob.size, sha256 };
}
