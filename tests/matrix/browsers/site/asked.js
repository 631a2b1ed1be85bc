// How a worker of any kind is asked, and answers: by the port that comes with a message.

export function onAsked(answer) {
  const listener = (event) => {
    const answered = Promise.resolve(answer()).then((result) => event.ports[0].postMessage(result));
    // A service worker may be stopped before it has answered, unless it says that it is at work.
    event.waitUntil?.(answered);
  };
  addEventListener("message", listener);
  // A shared worker gets its messages by the port of each page.
  addEventListener("connect", ({ ports: [port] }) => {
    port.onmessage = listener;
  });
}
