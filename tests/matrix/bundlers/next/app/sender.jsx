"use client";

// Sends from the page. It is rendered on the server as well, where importing the package must do no harm.

import * as livedesk from "engagelab-livedesk";
import { useEffect } from "react";
import { makeCalls } from "../calls.js";

export function Sender() {
  useEffect(() => {
    // In development React runs an effect twice.
    globalThis.result ??= makeCalls(livedesk);
    globalThis.sendFromWorker = () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(new URL("../send-worker.js", import.meta.url), { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
  }, []);
  return <p>{typeof livedesk.LiveDesk}</p>;
}
