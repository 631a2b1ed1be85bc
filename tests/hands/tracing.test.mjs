// OpenTelemetry: each tenant's span has its own call's events, and the request that was made is its child.

import assert from "node:assert/strict";
import { test } from "node:test";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { clientOf } from "../lib/package.mjs";
import { closedPort, MESSAGE, reply, startServer } from "../lib/servers.mjs";

const TENANTS = 20;

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(provider);
const instrumentation = new UndiciInstrumentation();
instrumentation.setTracerProvider(provider);
instrumentation.enable();
const tracer = trace.getTracer("tests");

/** What a user gives: every event goes to the span that is active. */
const onEvent = ({ type, ...attributes }) => trace.getActiveSpan()?.addEvent(`livedesk.${type}`, attributes);

/** Sends in a span of its own. */
function traced(desk, tenant) {
  return tracer.startActiveSpan(`tenant ${tenant}`, async (span) => {
    try {
      await desk.sendText(tenant, { content: "Hello" });
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.outcome });
    } finally {
      span.end();
    }
  });
}

test(`${TENANTS} spans at once: each has its own events over a retry, and its own requests as children`, async (t) => {
  exporter.reset();
  const times = new Map();
  const server = await startServer(t, ({ path }, response) => {
    const tenant = Number(/conversations\/(\d+)/.exec(path)[1]);
    times.set(tenant, (times.get(tenant) ?? 0) + 1);
    if (times.get(tenant) === 1) return reply(response, 429, "", { "Retry-After": "0" });
    setTimeout(() => reply(response, 200, MESSAGE), (tenant % 5) * 5);
  });
  const desk = clientOf(server, { onEvent });
  await Promise.all(Array.from({ length: TENANTS }, (_, index) => traced(desk, index + 1)));

  const spans = exporter.getFinishedSpans();
  const own = spans.filter(({ name }) => name.startsWith("tenant "));
  assert.equal(own.length, TENANTS);
  for (const span of own) {
    const tenant = Number(span.name.split(" ")[1]);
    assert.deepEqual(
      span.events.map(({ name }) => name),
      ["request", "response", "retry", "request", "response", "end"].map((type) => `livedesk.${type}`),
    );
    for (const { attributes } of span.events) assert.equal(attributes.conversationId, tenant);
    const { spanId } = span.spanContext();
    const children = spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === spanId);
    assert.deepEqual(
      children.map(({ attributes }) => attributes["http.response.status_code"]).sort(),
      [200, 429],
      `children of ${span.name}`,
    );
  }
});

test("an instrumented fetch is as good as none: a refused connection is not_sent", async () => {
  exporter.reset();
  const desk = clientOf(await closedPort(), { onEvent, maxRetries: 1 });
  await traced(desk, 7);
  const span = exporter.getFinishedSpans().find(({ name }) => name === "tenant 7");
  assert.equal(span.status.message, "not_sent");
  const { attributes } = span.events.at(-1);
  assert.deepEqual(
    [attributes.outcome, attributes.attempts, attributes.code],
    ["not_sent", 2, "not_connected"],
  );
});
