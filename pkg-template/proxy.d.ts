import type { FetchLike, Global, ResponseLike, UrlLike } from "./types/runtime.js";

/** A standard `Request`. */
export type ProxyRequest = Global<
  "Request",
  { readonly method: string; readonly url: string; readonly headers: { get(name: string): string | null } }
>;
/** A standard `Response`. */
export type ProxyResponse = Global<"Response", ResponseLike>;

/** What a request asks for, as `allow` is told. */
export interface ProxyCall {
  /** The conversation: a number, or its digits where a number is not exact (from 2^53 on). */
  conversationId: number | string;
  /** The message that is to be retried, likewise; only with `retry`. */
  messageId?: number | string;
  /** JSON with `template_params` is a `template`, other JSON a `text`, a form `attachments`, whatever its fields are. */
  kind: "text" | "attachments" | "template" | "retry";
  /** The Origin header; null where there is none. */
  origin: string | null;
  /**
   * Whether a browser sends it, by its Origin or Sec-Fetch-Site header. No other site's page gets this far. If it is
   * false, a program sends it, which nothing but `allow` checks.
   */
  fromBrowser: boolean;
}

/**
 * Whether to send it: `true`; `{ user }`, the same, and Idempotency-Keys are this user's alone (a text that is not empty, or
 * a number); `false` for a 403; or a Response of your own. Whatever else it gives is a 403.
 */
export type Consent = boolean | { user: string | number } | ProxyResponse;

/** Whom the proxy sends for, and where to. */
export interface ProxyOptions {
  /** With `apiSecret`: the account's credentials. */
  apiKey?: string;
  /** With `apiKey`. */
  apiSecret?: string;
  /** Instead of the pair: the Authorization header, or a function that is asked before every request. */
  authorization?: string | (() => string | PromiseLike<string>);
  /**
   * Who may write where. Asked for each request, ahead of everything else, also of the answer that is kept for a key. If
   * it throws, rejects or takes longer than 30 s, the page gets a 500 and nothing is sent. It must not read the request's body.
   */
  allow: (request: ProxyRequest, call: ProxyCall) => Consent | PromiseLike<Consent>;
  /** Where requests go. Default `https://livedesk-api.engagelab.com`. */
  baseUrl?: string | UrlLike;
  /** Credentials to an `http:` address that is not this machine. Default false. */
  dangerouslyAllowHttp?: boolean;
  /** What stands in front of `/api/v2/...` in the address, such as `/livedesk`. Default: anything. */
  prefix?: string;
  /**
   * The only origins whose pages may send, such as `https://app.example.com`, at most 1,000. A listed one may be of another
   * origin than the proxy: it is answered with CORS headers. Default: the proxy's own, by Sec-Fetch-Site, which browsers send to
   * https: and to this machine, or else by the Host: list your site where what stands in front of the proxy changes that.
   */
  origins?: readonly string[];
  /**
   * The most bytes of a message, its files and what stands around them; more is a 413. Default 44,040,192 (42 MiB). JSON
   * has at most 2,097,152 (2 MiB) in any case: 150,000 characters of content, however they are escaped.
   */
  maxBytes?: number;
  /** Where Idempotency-Keys and answers are kept. Default: `memoryStore()`. */
  store?: ProxyStore;
  /** Used instead of the global `fetch`, which is looked up at each request otherwise. */
  fetch?: FetchLike;
}

/**
 * A place for Idempotency-Keys: a compare-and-swap on texts. A key that it does not find is taken for new, if `token`
 * says that it was never there: the store's start, another one as soon as anything may have been forgotten, and its clock.
 */
export interface ProxyStore {
  /** Whether keys outlive this process. For whoever wants to know; the proxy asks `token`. */
  readonly durable: boolean;
  /** A token for a client that is about to send: 1 to 128 of letters, digits, `.`, `_` and `-`. */
  token(): Promise<string>;
  /**
   * In one step: if the value at `id` is `expected` (null: there is none, and `token`, if given, is one of this store's
   * since which nothing was forgotten), writes `next` for `keepMs` milliseconds. Resolves to what is there afterwards,
   * null if nothing is, and how many milliseconds ago it was written.
   */
  swap(
    id: string,
    expected: string | null,
    next: string,
    options: { token?: string | undefined; keepMs: number },
  ): Promise<{ current: string | null; age: number }>;
}

/** How much a memory store holds. When it is full the oldest go first. */
export interface MemoryStoreOptions {
  /** Keys. Default 10,000. */
  maxEntries?: number;
  /** Bytes of answers. Default 67,108,864 (64 MiB). */
  maxBytes?: number;
}

/**
 * Keys and answers in memory, for 24 hours, and no longer than the process or isolate lives. For one process that serves
 * all pages of a site. After a restart, or before a second process, what it does not find it does not send when the client
 * has `proxy: true`: the page is told `unknown`.
 */
export function memoryStore(options?: MemoryStoreOptions): ProxyStore;

/** A client of `ioredis` or `redis`, connected. */
export interface RedisClientLike {
  eval(...call: never[]): unknown;
}

/** How keys are named. */
export interface RedisStoreOptions {
  /** In front of every name. Default `{livedesk}:`; the braces keep all of it in one place in a cluster. */
  prefix?: string;
}

/**
 * Keys and answers in Redis (6 or later), for 24 hours: for sites of more than one process, and for answers after a
 * restart. Answers hold messages, so keep it as private as LiveDesk itself. It runs EVAL, GET, SET, HGET, HSET, PEXPIRE,
 * INFO and TIME. After a restart of Redis, a failover or an eviction, what it does not find it does not send when the client
 * has `proxy: true`. A Redis that does not answer within 5 seconds is a 503, and nothing is sent.
 */
export function redisStore(client: RedisClientLike, options?: RedisStoreOptions): ProxyStore;

/** The handler of `createProxy`. Never rejects. */
export type ProxyHandler = (request: ProxyRequest) => Promise<ProxyResponse>;

/**
 * Makes a handler that forwards a page's messages to LiveDesk with the credentials: the documented calls alone, to
 * `baseUrl` alone, each Idempotency-Key at most once. Throws a ValidationError when options are wrong.
 *
 * Its own answers: 400 (no message, no key), 403, 404, 405, 413, 415, 422 (a key with another message), 500, all of them
 * with nothing sent; 409 while the same key is under way, with Retry-After; 502 where LiveDesk gave no answer, 503 where the store gives none. The header
 * `Livedesk-Proxy` tells them from LiveDesk's and says what is known, so a client with `proxy: true` has the error it
 * would have had itself. No answer holds a credential, a cookie or a redirect.
 *
 * @example
 * const handle = createProxy({
 *   apiKey: process.env.LIVEDESK_API_KEY,
 *   apiSecret: process.env.LIVEDESK_API_SECRET,
 *   allow: async (request, { conversationId }) => await mayWrite(request, conversationId),
 * });
 * app.all("/livedesk/*", (context) => handle(context.req.raw)); // Hono
 */
export function createProxy(options: ProxyOptions): ProxyHandler;

/** A request of Node's HTTP server, Express or Connect. */
export interface NodeRequest {
  method?: string;
  url?: string;
}
/** Its response. */
export interface NodeResponse {
  statusCode: number;
  end(...call: never[]): unknown;
}

/**
 * The handler for Node's own HTTP server and Express: `app.use("/livedesk", toNodeHandler(handle))`, ahead of any parser of
 * bodies. Throws a TypeError when it is given no function; what it makes throws nothing.
 */
export function toNodeHandler(
  handle: (request: Global<"Request", never>) => PromiseLike<ProxyResponse>,
): (incoming: NodeRequest, outgoing: NodeResponse) => void;
