import type { Sandbox, SandboxOptions, SandboxRequest } from "../sandbox.js";

/** Where a sandbox is served, and how it behaves. */
export interface ServeSandboxOptions extends SandboxOptions {
  /** 0 to 65,535. Default 0: a free one. */
  port?: number | undefined;
  /** The address to listen on. Default `127.0.0.1`: this machine only. In a container, say, `0.0.0.0`. */
  host?: string | undefined;
  /**
   * The Host names it answers to, without ports, beside `127.0.0.1`, `::1`, `localhost` and `host` itself; any other is
   * answered 403, so that no web page can reach it under a name of its own. Default: none.
   */
  hosts?: readonly string[] | undefined;
  /** Told of each request when it has ended. Default: nobody is. */
  onRequest?: ((request: SandboxRequest) => void) | undefined;
}

/** A sandbox on a port. */
export interface ServedSandbox {
  /** Its address, such as `http://127.0.0.1:40123`: the client's `baseUrl`. A browser finds its page at `/__sandbox`. */
  readonly url: string;
  /** The sandbox behind it, in this process. */
  readonly sandbox: Sandbox;
  /** Ends it, with the requests that are under way. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox over HTTP, for tests of programs that are not in this process. Rejects with a TypeError for an option
 * that is none, and with the system's own error where it cannot listen (`EADDRINUSE`).
 *
 * Tests in other languages look at it and drive it at `/__sandbox`: `GET requests`, `GET conversations`,
 * `GET conversations/141`; `POST script { conversationId, steps }`, `POST fail { messageId, externalError, afterMs? }`,
 * `POST deliver { messageId, status }`, `POST advance { ms }` and `POST reset`, each with JSON of at most 1 MiB. They
 * are answered 403 to a web page of any other origin.
 *
 * @example
 * const { url, sandbox, close } = await serveSandbox();
 * const desk = new LiveDesk({ apiKey: "any", apiSecret: "any", baseUrl: url });
 * await desk.sendText(141, { content: "Hello" });
 * sandbox.conversations.get(141)[0].content; // "Hello"
 * await close();
 */
export function serveSandbox(options?: ServeSandboxOptions): Promise<ServedSandbox>;
