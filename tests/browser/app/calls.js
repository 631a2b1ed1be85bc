// What a page does with the package; its answers go back to the test as plain data.

/** The four calls, input that is refused, and a call that is aborted before it begins. */
export async function makeCalls({ LiveDesk, sendText, validate, explainFailure }) {
  const desk = new LiveDesk({ baseUrl: "/desk/" });
  const text = await desk.sendText(141, { content: "Grüße 👋", private: true });
  const functionText = await sendText({ baseUrl: "/desk" }, 141, { content: "Hello" });
  const file = new File([new Uint8Array(70_000).fill(7)], "Größe.png");
  const files = await desk.sendAttachments(141, { content: "Here", attachments: [file, new Blob(["more"])] });
  const template_params = { name: "order_update", language: "en_US", category: "UTILITY" };
  const template = await desk.sendTemplate(141, { content: "Shipped", template_params });
  const failed = await errorOf(desk.sendText(900131, { content: "Hello" }));
  const retried = await desk.retryMessage(900131, failed.error.sent, { force: true });
  const refused = await errorOf(desk.sendText(141, { contents: "Hello" }));
  const aborted = await errorOf(
    desk.sendText(141, { content: "x" }, { signal: AbortSignal.abort("enough") }),
  );
  return {
    statuses: [text, functionText, files, template, retried].map((message) => message.status),
    failed: failed.seen,
    refused: refused.seen,
    aborted: aborted.seen,
    issues: await validate("text", {}),
    failure: await explainFailure("131047: Re-engagement message"),
  };
}

/** What a test wants to know of an error. */
export async function errorOf(promise) {
  try {
    return { seen: { resolved: await promise } };
  } catch (error) {
    const { name, code, outcome, attempts, status, message } = error;
    return { error, seen: { name, code, outcome, attempts, status, message } };
  }
}
