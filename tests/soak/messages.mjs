// The four kinds of call, each with a message that is sent and with one that is refused.

/** From 1 MiB on, Node's fetch is asked to fail on a redirect. */
const LARGE_BYTES = 1280 * 1024;

/** Texts of many lengths, some beyond ASCII, so that the engine's memory is cut into blocks of every size. */
const CONTENTS = Array.from({ length: 61 }, (_, index) => {
  const word = index % 3 === 0 ? "Größe 😀 " : "size ";
  return `Message ${index}: ${word.repeat(index * 4)}`;
});

const small = new File(["Size,Price\nM,20\n".repeat(200)], "prices.csv");
const bytes = { data: new Uint8Array(3000), name: "photo.png" };
const large = new File([new Uint8Array(LARGE_BYTES)], "large.bin");

const template_params = {
  name: "order_update",
  language: "en_US",
  category: "UTILITY",
  processed_params: { 1: "John", 2: "shipped" },
  header_params: { type: "text", text_variables: { 1: "Order #456" } },
  button_params: [{ index: 0, sub_type: "url", text: "track/12345" }],
};

const content = (index) => CONTENTS[index % CONTENTS.length];

/** What a call is given to send; `send(desk, id, message, options)` hands it over. */
export const KINDS = [
  {
    send: (desk, id, message, options) => desk.sendText(id, message, options),
    good: (index) => ({ content: content(index), private: false, content_attributes: { in_reply_to: 29 } }),
    bad: () => ({ contents: "Hello" }),
  },
  {
    send: (desk, id, message, options) => desk.sendAttachments(id, message, options),
    good: (index) => ({ content: content(index), attachments: index % 8 < 4 ? [small] : [bytes, small] }),
    large: (index) => ({ content: content(index), attachments: [large] }),
    bad: () => ({ attachments: [{ name: "no-data.txt" }, "a path"] }),
  },
  {
    send: (desk, id, message, options) => desk.sendTemplate(id, message, options),
    good: (index) => ({ content: content(index), template_params }),
    bad: () => ({
      content: "Hello",
      template_params: { ...template_params, language: 7, button_params: [{}] },
    }),
  },
  {
    send: (desk, id, message, options) => desk.retryMessage(id, message, options),
    good: (index) => 1 + index,
    bad: () => -1,
  },
];

/** The conversation's number in an address or a path; every call has a conversation of its own. */
export function idIn(url) {
  return Number(/\/conversations\/(\d+)\/messages/.exec(url)?.[1]);
}
