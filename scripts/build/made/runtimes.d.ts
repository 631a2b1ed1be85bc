// What other runtimes than Node and pages have beside the globals that TypeScript knows.

declare var Bun: unknown;
declare var Deno: unknown;
declare var WorkerGlobalScope: (abstract new () => object) | undefined;
