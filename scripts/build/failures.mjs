// Writes docs/failures.md: every failure of which something is known, from the tables that the engine reads.
// `node scripts/build/failures.mjs`; tests/package/failures-page.test.mjs holds that it was run.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, read } from "./steps.mjs";

const PAGE = join(ROOT, "docs", "failures.md");
const META = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes";
const BASES = {
  D: "Meta says what to do",
  DJ: "Meta says why; what to do is our reading",
  J: "our reading",
};
/** From so many seconds on, the unit, and its seconds. */
const UNITS = [
  [7200, "hour", 3600],
  [120, "minute", 60],
  [0, "second", 1],
];

/** The cells of each row but the first. */
function table(name) {
  const [, ...rows] = read(join("src", "failure", name))
    .trimEnd()
    .split("\n");
  return rows.map((row) => row.split("\t"));
}

/** As the engine says it. */
function duration(seconds) {
  const [, unit, size] = UNITS.find(([least]) => seconds >= least);
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function times(count) {
  return { 1: "once", 2: "twice" }[count] ?? `${count} times`;
}

function row(cells) {
  return `| ${cells.join(" | ")} |`;
}

/** The whole page. */
export function failuresPage() {
  const classes = table("classes.tsv");
  const adviceOf = Object.fromEntries(classes);
  const fill = (advice, delay, tries) =>
    advice.replaceAll("{delay}", duration(delay)).replaceAll("{tries}", times(tries));
  const basisOf = Object.fromEntries(table("whatsapp-sources.tsv"));
  const codes = table("whatsapp-codes.tsv").map(([code, name, own, delay = 0, tries = 0]) => {
    const canRetry = name.startsWith("retry");
    return row([
      code,
      `\`${name}\``,
      Number(delay) > 0 ? duration(Number(delay)) : "",
      canRetry ? times(Number(tries)) : "never",
      fill(own || adviceOf[name], Number(delay), Number(tries)),
      BASES[basisOf[code]],
    ]);
  });
  return `# Why a delivery failed

What \`explainFailure\` and \`DeliveryError.failure\` know. Made by \`node scripts/build/failures.mjs\` from
\`src/failure/\`; change it there.

WhatsApp's codes are told by two shapes alone, \`131047: text\` (reported later) and \`(#132000) text\` (reported at
once), and only where they are listed here. A number in another shape (\`190 - text\` of Facebook, Instagram and Twilio,
\`403, text\` of Telegram) is another channel's, and its class is \`unknown\`: no program repeats it. So are free text, as
of e-mail and 360dialog, and no reason at all. Unlisted codes from 132000 to 132999 count as \`fix_request\`, from 133000
to 133999 as \`fix_account\`.

The codes and their causes are [Meta's](${META}); the last column says whose word the advice is.

| code | class | least wait | a program may retry | what to do | source |
|---|---|---|---|---|---|
${codes.join("\n")}

## By class

Where a code has no words of its own, these are said.

| class | what to do |
|---|---|
${classes.map(([name, advice]) => row([`\`${name}\``, advice.replace("{delay}", "the least wait").replace("{tries}", "as often as the code allows")])).join("\n")}

\`template_refused\` is said in place of \`use_template\` of what was a template, \`no_reason\` and \`other_channel\` of what
is \`unknown\`.
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(PAGE, failuresPage());
  console.log(PAGE);
}
