// What a page has to say in the end, as its title: once, whatever goes wrong.

globalThis.say = (result) => {
  document.title ||= JSON.stringify(result);
};

// In the capturing phase, so that scripts that cannot be loaded are heard of as well.
addEventListener("error", ({ message, target }) => say({ broken: message ?? `no ${target.src}` }), true);
addEventListener("unhandledrejection", ({ reason }) => say({ broken: `${reason}\n${reason?.stack}` }));
