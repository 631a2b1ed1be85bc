// The packed package in apps that the smaller bundlers build; the larger ones have files of their own.

import { bunCells } from "./bundlers/bun.mjs";
import { esbuildCells } from "./bundlers/esbuild.mjs";
import { parcelCells } from "./bundlers/parcel.mjs";
import { policyCells } from "./bundlers/policy.mjs";
import { rolldownCells, rollupCells } from "./bundlers/rollup.mjs";
import { wranglerCells } from "./bundlers/wrangler.mjs";

rollupCells();
rolldownCells();
esbuildCells();
policyCells();
bunCells();
parcelCells();
// Without Node's modules, with them, and with them by default.
wranglerCells("2023-06-01");
wranglerCells("2025-09-15", ["nodejs_compat"]);
wranglerCells("2026-11-01");
