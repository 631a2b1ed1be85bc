// The packed package in apps that Vite builds and serves.

import { viteCells } from "./bundlers/vite.mjs";

viteCells("Vite 8", "vite", { inCi: true });
viteCells("Vite 7", "vite7", { wholeWorkers: true });
viteCells("Vite 6", "vite6", { wholeWorkers: true });
