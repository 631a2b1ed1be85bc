// The packed package in an app of Next.js.

import { nextBuildCell, nextDevCell, nextEdgeCell } from "./bundlers/next.mjs";

nextBuildCell("production build, Turbopack", [], { inCi: true });
nextBuildCell("production build, webpack", ["--webpack"]);
nextDevCell("dev, Turbopack", []);
nextDevCell("dev, webpack", ["--webpack"]);
nextEdgeCell("edge route, dev, Turbopack", []);
