// What wasm-bindgen makes of `src/boundary/`, as far as this package asks for it.

import type { Call } from "../call/call.js";
import type { Failure } from "../types/answers.js";
import type { Told } from "../types/engine.js";

export function initSync(options: { module: WebAssembly.Module }): unknown;
/** Starts a new engine in the place of one that broke down. */
export function restart(): void;
export function send(call: Call): Promise<unknown>;
export function validate(asked: { readonly text: string }): Told[];
export function previewTemplate(asked: { readonly text: string }): { text: string; issues: Told[] };
export function explainFailure(asked: { readonly text: string }): Failure | null;
export function nextStep(asked: { readonly text: string }): Failure | null;
