// The JavaScript that wasm-bindgen writes around the engine, made fit for the package.

import { build } from "esbuild";
import { Stop } from "./steps.mjs";

/** What the loader uses of the glue; the rest is dropped, above all a `new URL(...)` that breaks bundlers. */
const EXPORTS = ["explainFailure", "initSync", "nextStep", "previewTemplate", "restart", "send", "validate"];
/** The module of the imports that the glue itself defines. */
const OWN = "./engagelab_livedesk_bg.js";
const IMPORT_OBJECT = /return \{\s*__proto__: null,\s*(?:"[^"]+": import\d+,\s*)+\};/;
const OWN_IMPORTS = /const import0 = \{\s*__proto__: null,/;
const STALE_CLOSURE =
  /if \(state\.instance !== __wbg_instance_id\) \{\s*throw new Error\('Cannot invoke closure from previous WASM instance'\);\s*\}/;

/** The glue for the package; `names` is what wasm-opt says it renamed. */
export async function rewriteGlue(glue, names) {
  return strip(rename(shorten(guard(glue)), names));
}

/** Makes sure that a panic, which is a trap here, ends calls instead of processes; see pending.js. */
function guard(glue) {
  let guarded = once(glue, /(?<![.\w])queueMicrotask\((getObject\(arg0\)|arg0)\);/, "guardedMicrotask($1);");
  // A call of an engine that broke down is over. As wasm-bindgen has it, what that call still waits for would
  // throw where nobody catches it, or run in the new engine with the old one's addresses.
  guarded = once(
    guarded,
    STALE_CLOSURE,
    "__wbg_call_guard();\nif (state.instance !== __wbg_instance_id) return;",
  );
  // Rust drops every closure it makes, so nobody has to watch for forgotten ones: a tenth of a call's time.
  guarded = once(guarded, /typeof FinalizationRegistry === 'undefined'/, "true");
  // An engine without a start function has no such export to call when it is made anew.
  guarded = once(guarded, /^ *wasm\.__wbindgen_start\(\);\n(?=\})/m, "");
  return `import { guardedMicrotask } from "./pending.js";\n${guarded}`;
}

/** Without what wasm-bindgen writes for other callers than the package's loader, and for runtimes of before 2021. */
function shorten(glue) {
  let short = once(glue, /Object\.getPrototypeOf\(module\) === Object\.prototype/, "true");
  short = once(short, /!\('encodeInto' in cachedTextEncoder\)/, "false");
  return once(short, /realloc === undefined/, "false");
}

/** The short names of wasm-opt, for all that goes in and out of the engine, and one module for all of it. */
function rename(glue, names) {
  const exported = new Map(names.exports);
  const direct = [];
  let renamed = glue.replaceAll(/\bwasm\.(\w+)/g, (_, name) => {
    if (!exported.has(name)) throw new Stop(`The glue uses an export that the engine has not: ${name}.`);
    return `wasm.${exported.get(name)}`;
  });
  for (const [module, name, short] of names.imports) {
    if (module === OWN)
      renamed = once(renamed, new RegExp(`^( +)${name}: function`, "m"), `$1${short}: function`);
    else direct.push({ module, name, short, local: `direct_${short}` });
  }
  const imports = direct.map(
    ({ module, name, local }) => `import { ${name} as ${local} } from "${module}";\n`,
  );
  const entries = direct.map(({ short, local }) => `${short}: ${local},`);
  renamed = renamed.replaceAll(/^import \* as import\d+ from "[^"]+";?\n/gm, "");
  renamed = once(renamed, OWN_IMPORTS, `const import0 = { __proto__: null, ${entries.join(" ")}`);
  return imports.join("") + once(renamed, IMPORT_OBJECT, "return { __proto__: null, a: import0 };");
}

/** Without comments and what nobody uses. */
async function strip(glue) {
  const plugin = {
    name: "glue",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path }) =>
        path === "glue" ? { path, namespace: "glue" } : { path, external: true },
      );
      onLoad({ filter: /.*/, namespace: "glue" }, () => ({ contents: glue }));
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: `export { ${EXPORTS.join(", ")} } from "glue";` },
    plugins: [plugin],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    minifySyntax: true,
    charset: "utf8",
    logLevel: "warning",
  });
  const { text } = outputFiles[0];
  if (text.includes("import.meta"))
    throw new Stop("The glue still has an import.meta, which breaks bundlers.");
  return text.replaceAll(/^\/\/ .*\n/gm, "");
}

/** Replaces what must be there exactly once: wasm-bindgen may write its glue in another way one day. */
function once(text, pattern, replacement) {
  const found = text.match(new RegExp(pattern, `${pattern.flags}g`))?.length ?? 0;
  if (found !== 1)
    throw new Stop(`wasm-bindgen's glue has changed: ${pattern} is in it ${found} times, not once.`);
  return text.replace(pattern, replacement);
}
