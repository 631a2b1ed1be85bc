// The template of LiveDesk's own page, with every part a template can have.

export const ORDER_UPDATE = {
  content: "Hi John, your order has shipped.",
  template_params: {
    name: "order_update",
    namespace: "optional_namespace",
    language: "en_US",
    category: "MARKETING",
    processed_params: { 1: "John", 2: "shipped" },
    header_params: { type: "text", text_variables: { 1: "Order #456" } },
    footer_params: { text_variables: { 1: "Acme Corp" } },
    button_params: [
      { index: 0, sub_type: "url", text: "track/12345" },
      { index: 1, sub_type: "quick_reply", payload: "OPT_OUT" },
    ],
  },
};
