// What the programs have in common: where the server is, and how they tell the result.

const { Bun, Deno, process } = globalThis;

/** Prints the one line that counts; `loaded` is the file that the package's name stood for. */
export function tell(result, loaded) {
  const version = Deno?.version.deno ?? Bun?.version ?? process.versions.node;
  const file = loaded.split("/").at(-1);
  console.log(`conformance ${JSON.stringify({ ...result, version, loaded: file })}`);
}

/** The server's address. Deno asks for no permission to read its arguments. */
tell.origin = Deno ? Deno.args[0] : process.argv[2];
