// The engine, and all that only a call needs. The first call gets it by itself; who imports `engagelab-livedesk/engine`
// has it from the beginning, as module service workers must, which know no import().

import { explainFailure, nextStep, previewTemplate, send, start, validate } from "./call/calls.js";
import { register } from "./engine/load.js";
// Behind all others: a bundle compresses by two kilobytes better when no engine stands amid its code.
import { WASM } from "./engine/wasm-bytes.js";

register({ explainFailure, nextStep, previewTemplate, send, start: () => start(WASM), validate });
