// What every test of the sandbox shares.

import assert from "node:assert/strict";
import { beforeEach } from "node:test";
import { createSandbox } from "../../pkg-template/sandbox.js";

export const BASE = "https://livedesk-api.engagelab.com";
export const AUTHORIZATION = basic("key:secret");

/** The sandbox of the running test; every file that imports this module gets a new one before each test. */
export let sandbox;
beforeEach(() => replaceSandbox());

/** Gives the running test a sandbox with these options instead. */
export function replaceSandbox(options) {
  sandbox = createSandbox(options);
}

export function basic(pair) {
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

export function pathOf(conversation, message) {
  const path = `/api/v2/accounts/conversations/${conversation}/messages`;
  return message === undefined ? path : `${path}/${message}/retry`;
}

/** A part of a multipart body, its header as it is written here. */
export function part(disposition, value, type) {
  const more = type === undefined ? "" : `Content-Type: ${type}\r\n`;
  return `Content-Disposition: form-data; ${disposition}\r\n${more}\r\n${value}\r\n`;
}

/** A body of such parts, and its Content-Type. */
export function multipart(parts) {
  const body = `${parts.map((each) => `--XBOUNDARYX\r\n${each}`).join("")}--XBOUNDARYX--\r\n`;
  return [body, "multipart/form-data; boundary=XBOUNDARYX"];
}

export function post(conversation, body, { fetch = sandbox.fetch, base = BASE, headers = {}, signal } = {}) {
  const isForm = body instanceof FormData;
  return fetch(base + pathOf(conversation), {
    method: "POST",
    headers: {
      Authorization: AUTHORIZATION,
      ...(isForm ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    body: isForm || typeof body === "string" ? body : JSON.stringify(body),
    signal,
  });
}

export function retry(conversation, message, { fetch = sandbox.fetch, base = BASE } = {}) {
  return fetch(base + pathOf(conversation, message), {
    method: "POST",
    headers: { Authorization: AUTHORIZATION },
  });
}

/** The message that a body makes; a list is a multipart body's parts. */
export async function created(conversation, body) {
  const isParts = Array.isArray(body);
  const [sent, type] = isParts ? multipart(body) : [body];
  const response = await post(conversation, sent, isParts ? { headers: { "Content-Type": type } } : {});
  assert.equal(response.status, 200);
  return response.json();
}

export async function refused(response, status) {
  assert.equal(response.status, status);
  return response.json();
}

export function form(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of [value].flat()) data.append(name, each);
  }
  return data;
}

export function stored(conversation) {
  return sandbox.conversations.get(conversation) ?? [];
}
