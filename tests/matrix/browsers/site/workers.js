// The three kinds of workers: whether a browser has them, and how to start one and get what messages go to.

export const WORKERS = {
  "dedicated-worker": { exists: () => "Worker" in globalThis, start: startDedicated },
  "shared-worker": { exists: () => "SharedWorker" in globalThis, start: startShared },
  "service-worker": { exists: () => "serviceWorker" in navigator, start: startService },
};

function startDedicated(url, type, fail) {
  const worker = new Worker(url, { type });
  worker.onerror = onError(fail);
  return worker;
}

function startShared(url, type, fail) {
  const worker = new SharedWorker(url, { type });
  worker.onerror = onError(fail);
  return worker.port;
}

/** The page does not hear of an error as well, which may only say what this browser lacks. */
function onError(fail) {
  return (event) => {
    event.preventDefault();
    fail(new Error(`the worker has an error: ${event.message}`));
  };
}

/** Each has a scope of its own, in which no page is: it gets messages, and no requests. */
async function startService(url, type, fail) {
  const registration = await navigator.serviceWorker.register(url, { type, scope: `${url}/` });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (worker.state !== "activated") {
    if (worker.state === "redundant") fail(new Error("the worker could not be installed"));
    await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
  }
  return worker;
}

/** What a worker answers when it is asked. */
export function ask(start, url, type) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    Promise.resolve()
      .then(() => start(new URL(url, import.meta.url).pathname, type, reject))
      .then((target) => target.postMessage("run", [port2]))
      .catch(reject);
  });
}
