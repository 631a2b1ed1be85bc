// A worker as they always were, to tell a browser that lacks modules from one where nothing works.

const listener = (event) => event.ports[0].postMessage("here");
addEventListener("message", listener);
addEventListener("connect", ({ ports: [port] }) => {
  port.onmessage = listener;
});
