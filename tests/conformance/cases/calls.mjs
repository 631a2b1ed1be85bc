// The four calls, as methods and as functions, and what LiveDesk has stored then.

import { check, equal } from "../check.mjs";
import { AUTHORIZATION, CREDENTIALS } from "../context.mjs";

const TEMPLATE = {
  content: "Hi John, your order has shipped.",
  template_params: {
    name: "order_update",
    language: "en_US",
    category: "UTILITY",
    processed_params: { 1: "John", 2: "shipped" },
    header_params: { type: "location", location: { latitude: 52.5170365, longitude: -0.1, name: "Büro" } },
    footer_params: { text_variables: { 1: "Acme Corp" } },
    button_params: [
      { index: 0, sub_type: "url", text: "track/12345" },
      { index: 1, sub_type: "quick_reply", payload: "OPT_OUT" },
    ],
  },
};

/** Each of the four on a conversation whose deliveries fail, so that there is something to retry. */
async function makeAllFour(send, seen) {
  const text = await send.sendText(141, { content: "Grüße 👋", private: true });
  const reply = {
    content: "Größe?",
    content_attributes: { in_reply_to: text.id, note: [1, { a: null }, "ö"] },
  };
  const answer = await send.sendText("141", reply);
  const file = { data: new TextEncoder().encode("Size,Price\nM,20\n"), name: "prices.csv" };
  const files = await send.sendAttachments(141n, { content: "Our prices", attachments: [file] });
  const template = await send.sendTemplate(141, TEMPLATE);
  const failed = await send.sendText(900131, { content: "Hello" }).catch((error) => error.sent);
  const retried = await send.retryMessage(900131, failed, { force: true });

  const { stored, messages, requests } = await seen();
  equal(stored, 5);
  equal(
    messages[141].map(({ content }) => content),
    ["Grüße 👋", "Größe?", "Our prices", TEMPLATE.content],
  );
  equal(messages[141][0].private, true);
  // Upstream adds what the message replied to is called elsewhere.
  const { in_reply_to_external_id: _, ...attributes } = messages[141][1].content_attributes;
  equal(attributes, reply.content_attributes);
  equal(messages[141][1].private, false);
  equal(messages[141][2].attachments[0].name, "prices.csv");
  equal(messages[141][3].additional_attributes.template_params, TEMPLATE.template_params);
  equal(
    [text, answer, files, template].map(({ id }) => id),
    messages[141].map(({ id }) => id),
  );
  // LiveDesk's page answers with the template's name, upstream does not.
  const { name = "order_update" } = template.additional_attributes?.template_params ?? {};
  equal(name, "order_update");
  equal([text.status, files.status, template.status, retried.status], ["sent", "sent", "sent", "sent"]);
  equal(messages[900131][0].status, "sent", "status of the retried");
  checkRequests(requests, failed.id);
}

function checkRequests(requests, failedId) {
  const path = (conversation) => `/sandbox/api/v2/accounts/conversations/${conversation}/messages`;
  equal(
    requests.map((request) => request.path),
    [...Array.from({ length: 4 }, () => path(141)), path(900131), `${path(900131)}/${failedId}/retry`],
  );
  for (const { method, authorization, accept } of requests) {
    equal([method, authorization, accept], ["POST", AUTHORIZATION, "application/json"]);
  }
  const types = requests.map(({ contentType }) => contentType?.replace(/boundary=.+/, "boundary"));
  const json = "application/json";
  equal(types, [json, json, "multipart/form-data; boundary", json, json, undefined]);
}

export const cases = {
  "the four methods store what was sent and resolve to LiveDesk's answer": ({ client, seen }) =>
    makeAllFour(client(), seen),

  "the four functions do the same with options": async ({ livedesk, options, seen }) => {
    const bound = (name) => [name, (...call) => livedesk[name](options(), ...call)];
    const names = ["sendText", "sendAttachments", "sendTemplate", "retryMessage"];
    await makeAllFour(Object.fromEntries(names.map(bound)), seen);
  },

  "the functions take a client in place of options": async ({ livedesk, client, seen }) => {
    const message = await livedesk.sendText(client(), 141, { content: "Hello" });
    equal((await seen()).messages[141][0].id, message.id);
  },

  "an id above 2^32 comes back as the number it is": async ({ client }) => {
    const { id, sorting_id } = await client().sendText(141, { content: "Hello" });
    check(Number.isSafeInteger(id) && id > 2 ** 32, `id is ${id}`);
    // LiveDesk's page has one, upstream has none.
    equal(sorting_id ?? id, id);
  },

  "every field of an answer is kept, unknown ones and nulls too": async ({ client }) => {
    const body = { id: 29, status: "queued", novel: { deep: [1.5, null, "ü"] }, source_id: null };
    const desk = client({ fetch: async () => new Response(JSON.stringify(body)) });
    equal(await desk.sendText(141, { content: "Hello" }), body);
  },

  "150,000 characters outside of the first plane are stored whole": async ({ client, seen }) => {
    const content = "👋".repeat(150_000);
    await client().sendText(141, { content });
    equal((await seen()).messages[141][0].content === content, true, "the content stored");
  },

  "extra adds fields of the top level": async ({ client }) => {
    let body;
    const fetch = async (_, init) => {
      body = await new Response(init.body).json();
      return new Response('{"id":1,"status":"sent"}');
    };
    await client({ fetch }).sendText(141, { content: "Hello" }, { extra: { later: { é: [true] } } });
    equal(body, { content: "Hello", later: { é: [true] } });
  },

  "a key and secret beyond ASCII are sent as UTF-8": async ({ client }) => {
    let authorization;
    const fetch = async (_, { headers }) => {
      authorization = new Headers(headers).get("Authorization");
      return new Response('{"id":1,"status":"sent"}');
    };
    await client({ fetch, apiKey: "schlüssel", apiSecret: "ge:heim☂" }).sendText(141, { content: "Hello" });
    const bytes = new TextEncoder().encode("schlüssel:ge:heim☂");
    equal(authorization, `Basic ${btoa(String.fromCharCode(...bytes))}`);
  },

  "authorization may be a function, asked anew before every attempt": async ({ faulty, seen }) => {
    let asked = 0;
    const authorization = async () => {
      asked += 1;
      return `Bearer ${asked}`;
    };
    const desk = faulty("429 with Retry-After: 0 once", {
      apiKey: undefined,
      apiSecret: undefined,
      authorization,
    });
    await desk.sendText(141, { content: "Hello" });
    const sent = (await seen()).requests.map((request) => request.authorization);
    equal(sent, ["Bearer 1", "Bearer 2"]);
  },

  "without credentials no Authorization is sent": async ({ faulty, seen }) => {
    const desk = faulty("a good answer", { apiKey: undefined, apiSecret: undefined });
    await desk.sendText(141, { content: "Hello" });
    check(!("authorization" in (await seen()).requests[0]), "sent one");
  },

  "a baseUrl may be a URL and end in a slash": async ({ client, sandboxUrl, seen }) => {
    await client({ baseUrl: new URL(`${sandboxUrl}/`) }).sendText(141, { content: "Hello" });
    equal((await seen()).stored, 1);
  },

  "a fetch of one's own is called as a plain function with an address": async ({ client, sandboxUrl }) => {
    let call;
    function fetch(...given) {
      call = { self: this, given };
      return new Response('{"id":1,"status":"sent"}');
    }
    await client({ fetch }).sendText(141, { content: "Hello" });
    equal(call.self, undefined, "this");
    const [address, init, ...others] = call.given;
    equal(address, `${sandboxUrl}/api/v2/accounts/conversations/141/messages`);
    equal(others, []);
    equal([init.method, init.redirect, init.signal instanceof AbortSignal], ["POST", "manual", true]);
  },

  "the runtime's own fetch may be given": async ({ client, seen }) => {
    await client({ fetch: globalThis.fetch }).sendText(141, { content: "Hello" });
    equal((await seen()).stored, 1);
  },

  "two clients keep their own options": async ({ livedesk, options, client, rejection }) => {
    const wrong = new livedesk.LiveDesk(options({ apiSecret: "another" }));
    const [sent] = await Promise.all([
      client().sendText(141, { content: "Hello" }),
      rejection(wrong.sendText(141, { content: "Hello" }), "ApiError", { status: 401 }),
    ]);
    equal(sent.status, "sent");
    equal(
      Object.keys(CREDENTIALS).some((name) => name in wrong),
      false,
      "credentials in sight",
    );
  },
};
