// The packed package in apps that webpack and Rspack build and serve.

import { webpackCells } from "./bundlers/webpack.mjs";

webpackCells("webpack 5", "webpack", "webpack-dev-server", { inCi: true });
webpackCells("Rspack", "@rspack/core", "@rspack/dev-server");
