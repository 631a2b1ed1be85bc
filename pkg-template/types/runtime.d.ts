// The runtime's own types where TypeScript knows them (lib "dom", @types/node, ...), else just what is needed of them.

/** The instance type of a global class, or `Otherwise` where it is not declared. */
export type Global<Name extends string, Otherwise> =
  typeof globalThis extends Record<Name, { prototype: infer T }> ? T : Otherwise;

/** A `Blob` or `File` of this runtime. Its bytes are not copied into the client's memory. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(start?: number, end?: number, contentType?: string): BlobLike;
}

/** What a `File` has, where TypeScript does not know the global one. */
export interface FileLike {
  readonly name: string;
  readonly size: number;
  readonly type: string;
  readonly lastModified: number;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(start?: number, end?: number, contentType?: string): FileLike;
}

/** An `AbortSignal`. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What the client asks of a response's headers. */
export interface HeadersLike {
  get(name: string): string | null;
  has(name: string): boolean;
  forEach(callback: (value: string, name: string) => void): void;
}

/** What the client asks of a response. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** What a request is made with: the second argument of `fetch`. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  /** JSON text, or a form with the attachments; none in a retry. In Deno, a Blob takes the place of text and of none. */
  body?: string | Global<"FormData", object> | Global<"Blob", BlobLike>;
  redirect: "manual" | "error";
  signal: Global<"AbortSignal", AbortSignalLike>;
  /** In Node: with it the call sees what becomes of its own requests. Hand it on, and it proves what can be proven. */
  dispatcher?: Dispatcher;
}

/** What the global `fetch` takes as one, where TypeScript knows that. */
type Dispatcher = typeof globalThis extends { fetch: (input: never, init?: infer Init) => unknown }
  ? NonNullable<Init> extends { dispatcher?: infer Known }
    ? NonNullable<Known>
    : object
  : object;

/** `fetch`, or a function that stands in for it. */
export type FetchLike = (url: string, init: FetchInit) => ResponseLike | PromiseLike<ResponseLike>;

/** What the global `fetch` takes. */
export type FetchArguments = typeof globalThis extends { fetch: (...call: infer Call) => unknown }
  ? Call
  : [url: string, init?: FetchInit];

/** A `URL`. */
export type UrlLike = Global<"URL", { readonly href: string }>;

/** The `Headers` of an answer. */
export type AnswerHeaders = Global<"Headers", HeadersLike>;
