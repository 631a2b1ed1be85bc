// The app that bundlers get: the four calls on the page, and one from a worker of it when a test asks.

import "./main.js";

globalThis.sendFromWorker = () =>
  new Promise((resolve, reject) => {
    // Written in one piece, as every bundler that knows workers wants it.
    const worker = new Worker(new URL("./send-worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
