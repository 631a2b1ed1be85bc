// Writes docs/next-step.md: what nextStep answers, from the table that the engine reads.
// `node scripts/build/next-steps.mjs`; tests/package/next-step.test.mjs holds that it was run.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, read } from "./steps.mjs";

const PAGE = join(ROOT, "docs", "next-step.md");
/** What the second column says where it is no code of an error and no class of a failure. */
const WORDS = {
  retries_used_up: "`retry_now`, `retry_later`, as often as it may be",
  payment_required: "status 402",
  options: "`invalid_input` of the client's own options",
  tries_used_up: "anything that may pass, 10 times",
};

/** The rows of the table, first match first. */
export function nextSteps() {
  const [, ...rows] = read(join("src", "policy", "next-steps.tsv"))
    .trimEnd()
    .split("\n");
  return rows.map((row) => {
    const [outcome, what, step, then, why] = row.split("\t");
    return { outcome, what, step, then, why };
  });
}

function inWords({ outcome, what }) {
  if (what === "*") return outcome === "*" ? "anything else" : "anything else of it";
  if (outcome === "not_sent" && what === "rate_limited")
    return "`total_timeout` in the client's own wait after a 429";
  return WORDS[what] ?? `\`${what}\``;
}

/** The whole page. */
export function nextStepPage() {
  const rows = nextSteps().map((row) => {
    const then = row.then && `, then \`${row.then}\``;
    const outcome = row.outcome === "*" ? "" : `\`${row.outcome}\``;
    return `| ${outcome} | ${inWords(row)} | \`${row.step}\`${then} | ${row.why} |`;
  });
  return `# What a queue does next

What \`nextStep(error, { attempts })\` answers. Made by \`node scripts/build/next-steps.mjs\` from
\`src/policy/next-steps.tsv\`; change it there. The first row that fits counts. The second column is the \`code\` of an
error, or of a \`failed\` one the \`class\` of its \`failure\`.

| outcome | what it was | \`do\` | why |
|---|---|---|---|
${rows.join("\n")}

A Message is \`done\`, and one whose \`status\` is \`failed\` is what its failure is.

\`afterMs\` is what LiveDesk or the failure asks for. Where nothing is asked, \`again\` waits 1 s, doubling with \`attempts\` to
5 min, and \`pause\` 5 s, doubling to 60 s. There is no jitter in it: a queue of many workers adds its own. Of what is
retried, \`attempts\` counts the first sending too.

\`stop\` has \`then\`: what this message is to meet when a person has put things right, \`again\` (nothing of it was created) or
\`retry_message\` (it is in the conversation).

## What a queue counts itself

A message that is wrong ends by itself, but a hundred of them in a row are a mistake in what made them. Stop as well when
several messages in a row, 5 say, end with the same \`do\` and \`code\`; what \`nextStep\` said of each stays true: never send
again what was \`look\`.

\`\`\`js
import { LiveDesk, nextStep } from "engagelab-livedesk";

const { LIVEDESK_API_KEY: apiKey, LIVEDESK_API_SECRET: apiSecret } = process.env;
const desk = new LiveDesk({ apiKey, apiSecret });
const waiting = [{ conversationId: 141, message: { content: "Hello" }, attempts: 0 }];
const forPeople = [];
while (waiting.length > 0) {
  const job = waiting.shift();
  job.attempts += 1;
  const step = await desk.sendText(job.conversationId, job.message).then(
    (sent) => nextStep(sent),
    (error) => nextStep(error, { attempts: job.attempts }),
  );
  if (step.do === "again" || step.do === "pause") {
    await new Promise((resolve) => setTimeout(resolve, step.afterMs));
    waiting.unshift(job);
  } else if (step.do !== "done") {
    forPeople.push({ ...job, step });
    if (step.do === "stop") break;
  }
}
console.log(\`\${forPeople.length} for people\`); // 0 for people
\`\`\`
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PAGE, nextStepPage());
  console.log(PAGE);
}
