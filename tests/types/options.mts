// Options and events.

import type { Channel, LiveDeskEvent, LiveDeskOptions, Outcome, RequestOptions } from "engagelab-livedesk";
import { LiveDesk } from "engagelab-livedesk";

const channel: Channel = "whatsapp";
const events: string[] = [];

export const all: LiveDeskOptions = {
  apiKey: "key",
  apiSecret: "secret",
  baseUrl: "https://example.com/livedesk",
  timeout: 1000,
  totalTimeout: 5000,
  maxRetries: 1,
  fetch: globalThis.fetch,
  channel,
  onEvent,
  dangerouslyAllowBrowser: true,
  dangerouslyAllowHttp: true,
};

function onEvent(event: LiveDeskEvent): void {
  const { callId, kind, conversationId, messageId } = event;
  const ids: (number | string | undefined)[] = [conversationId, messageId];
  events.push(`${callId} ${kind} ${ids.length}`);
  if (event.type !== "end") {
    const post: "POST" = event.method;
    events.push(`${post} ${event.path} ${event.attempt.toFixed()}`);
  }
  switch (event.type) {
    case "request":
      // @ts-expect-error a request has no status yet
      events.push(event.status);
      break;
    case "response":
      events.push(
        `${event.status ?? "none"} in ${event.durationMs.toFixed()} ms: ${event.outcome ?? "sent"}`,
      );
      break;
    case "retry":
      events.push(event.delayMs.toFixed());
      break;
    case "warning":
      events.push(`${event.code} ${event.message} ${event.field ?? "of the call"}`);
      break;
    case "end": {
      const outcome: "sent" | Outcome = event.outcome;
      events.push(
        `${outcome} after ${event.attempts} in ${event.durationMs.toFixed()} ms: ${event.code ?? ""}`,
      );
      // @ts-expect-error the end is no attempt's
      events.push(event.attempt);
      break;
    }
    default:
      event satisfies never;
  }
}

new LiveDesk(all);
new LiveDesk({ authorization: "Basic x" });
new LiveDesk({ authorization: () => "Basic x" });
new LiveDesk({ authorization: async () => "Basic x", onEvent: async () => 7 });
new LiveDesk({ baseUrl: "/livedesk", fetch: async (url, init) => new Response(`${init.method} ${url}`) });
new LiveDesk({ baseUrl: "/livedesk", fetch: (url, init) => globalThis.fetch(url, init) });
new LiveDesk({ baseUrl: "/livedesk", fetch: (url, { dispatcher, ...init }) => globalThis.fetch(url, init) });
new LiveDesk({ baseUrl: "/livedesk", fetch: (url, init) => globalThis.fetch(new Request(url, init)) });
new LiveDesk({ apiKey: "key", apiSecret: "secret", timeout: undefined, channel: undefined });

export const request: RequestOptions = { signal: null, timeout: 5, extra: { any: ["thing"] } };

// @ts-expect-error options are required
new LiveDesk();
// @ts-expect-error an unknown option
new LiveDesk({ apikey: "key" });
// @ts-expect-error a number of milliseconds
new LiveDesk({ baseUrl: "/x", timeout: "30s" });
// @ts-expect-error no such channel
new LiveDesk({ baseUrl: "/x", channel: "fax" });
// @ts-expect-error a header value is text
new LiveDesk({ authorization: () => 7 });
// @ts-expect-error a function that takes no request
new LiveDesk({ baseUrl: "/x", fetch: (request: Date) => new Response(String(request)) });
