//! Runs in Node and in a browser, through wasm-bindgen's test runner.
