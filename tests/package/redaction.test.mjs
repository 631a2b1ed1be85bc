// What a server repeats: LiveDesk's reason survives, and the message's own and the credentials do not show.

import assert from "node:assert/strict";
import test from "node:test";
import { assertLinear } from "../lib/growth.mjs";
import { importInternal } from "../lib/package.mjs";
import { MESSAGES, SENTENCES } from "../lib/sentences.mjs";

const { redact } = await importInternal("redaction/redact.js");
const { contentOf } = await importInternal("redaction/content.js");
const { snapshot } = await importInternal("host/snapshot.js");

const PAIR = btoa("key-a81f:secret-77b2");
const CREDENTIALS = ["key-a81f", "secret-77b2", `Basic ${PAIR}`];

const redacted = (content, text) => redact([text], CREDENTIALS, [content])[0];

/** Whether a sentence and a message have so much in common that it is no coincidence. */
const isTheSame = (...both) => both.every((text) => /24 hours have/.test(text));

test("no sentence of LiveDesk's loses a word to a message", () => {
  for (const [message] of MESSAGES) {
    const sentences = SENTENCES.filter((sentence) => !isTheSame(sentence, message));
    assert.deepEqual(redact(sentences, CREDENTIALS, [message]), sentences, message);
  }
});

test("no message shows in a sentence that repeats it, and the sentence does", () => {
  for (const [message, own] of MESSAGES) {
    for (const part of own) {
      for (const sentence of SENTENCES.filter((sentence) => !isTheSame(sentence, message))) {
        const echoes = [`${sentence}: ${part}`, `${part} ${sentence}`, `${sentence} ("${part}")`];
        for (const shown of redact(echoes, CREDENTIALS, [message])) {
          assert.ok(!shown.includes(part), shown);
          assert.ok(shown.includes(sentence), shown);
        }
      }
    }
  }
});

/** A text as servers write it elsewhere. */
function disguises(text) {
  const json = JSON.stringify(text);
  const bytes = [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0"));
  const units = text.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  const points = Array.from(text, (character) => character.codePointAt(0));
  return {
    "all capitals": text.toUpperCase(),
    "small letters": text.toLowerCase(),
    "new lines": text.replaceAll(" ", "\n   "),
    "JSON's new lines": text.replaceAll(" ", "\\n"),
    "a form": text.replaceAll(" ", "+"),
    JSON: json,
    "JSON in JSON": JSON.stringify(json),
    HTML: json.replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
    entities: points.map((point) => `&#${point};`).join(""),
    "an address": encodeURIComponent(text),
    "bytes in an address": bytes.map((byte) => `%${byte}`).join(""),
    "an address in an address": bytes.map((byte) => `%25${byte.toUpperCase()}`).join(""),
    "Ruby's bytes": bytes.map((byte) => `\\x${byte.toUpperCase()}`).join(""),
    "ASCII JSON": units.map((unit) => `\\u${unit}`).join(""),
    "Ruby's characters": points.map((point) => `\\u{${point.toString(16)}}`).join(""),
    "letters and accents apart": text.normalize("NFD"),
    "characters nobody sees": Array.from(text).join("\u200b"),
  };
}

test("no disguise helps", () => {
  for (const [message, own] of MESSAGES) {
    for (const part of own) {
      for (const [disguise, echo] of Object.entries(disguises(part))) {
        const shown = redacted(message, `Validation failed: ${echo} is invalid`);
        assert.match(shown, /^Validation failed: .* is invalid$/s);
        const rest = shown.slice("Validation failed: ".length, -" is invalid".length);
        assert.ok(!/[\p{L}\p{N}]/u.test(rest.replaceAll("[redacted]", "")), `${disguise}: ${shown}`);
      }
    }
  }
});

/** [the message, what is said of it, what shows] */
const SHOWN = [
  ["Ada", "Ada 5519 is invalid", "[redacted] 5519 is invalid"],
  ["5519", "Ada 5519 is invalid", "Ada [redacted] is invalid"],
  ["Tell Ada that the order is invalid", "Order of Ada is invalid", "Order of Ada is invalid"],
  ["Ada wrote 5519 letters", "Ada 5519 is invalid", "Ada [redacted] is invalid"],
  ["42", "4242 142 42nd 42", "4242 142 42nd [redacted]"],
  ["Ada", "Adaptive Canada ADA's", "Adaptive Canada [redacted]'s"],
  ["王", "王 国王", "[redacted] 国[redacted]"],
  ["Ada", "Bad: Ada, Ada; (ada).", "Bad: [redacted])."],
  ["", "Bad", "Bad"],
  ["x", "", ""],
  ["Ada", "a%20b %41da &quot;", "a b [redacted]  "],
  ["Ada", "a%20b %41 &quot;", "a%20b %41 &quot;"],
  ["straße am see 5", "STRASSE AM SEE 5!", "[redacted]!"],
];

for (const [message, said, shown] of SHOWN) {
  test(`of ${JSON.stringify(message)} in ${JSON.stringify(said)} shows ${JSON.stringify(shown)}`, () => {
    assert.equal(redacted(message, said), shown);
  });
}

test("a stretch is three words that are not common, or as much as that", () => {
  const content = "Yesterday evening Grandmother baked seven wonderful cakes for all of you at home";
  for (const [said, shown] of [
    ["grandmother baked", "grandmother baked"],
    ["grandmother baked seven!", "[redacted]!"],
    ["cakes for all of you at", "[redacted]"],
    ["for all of you at", "for all of you at"],
    ["wonderful cakes for", "[redacted]"],
  ]) {
    assert.equal(redacted(content, said), shown);
  }
});

test("credentials are hidden in every form, and in parts", () => {
  const urlSafe = PAIR.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const parts = [...CREDENTIALS, PAIR, urlSafe, PAIR.slice(0, 18), "key-a81f:secret-77b2"];
  for (const part of parts) {
    for (const [disguise, echo] of Object.entries(disguises(part))) {
      const shown = redacted("Hello", `No account of x${echo}x, sorry`);
      const rest = shown.replaceAll("[redacted]", "").replace(/basic/i, "");
      assert.match(rest, /^No account of x\W{0,8}x, sorry$/, disguise);
    }
  }
});

test("a header gives its pair away, and its scheme is no secret", () => {
  const [basic] = redact(["Basic auth of test failed: 123£"], ["Basic dGVzdDoxMjPCow=="], []);
  assert.equal(basic, "Basic auth of [redacted] failed: [redacted]");
  const [bearer] = redact(["Bearer expected, got ABC.DEF-GHI.JKL"], ["Bearer abc.def-ghi.jkl"], []);
  assert.equal(bearer, "Bearer expected, got [redacted]");
});

test("a credential of signs is hidden with all of them, a short one only as a word", () => {
  const [shown] = redact(["Bad p@$$/w0rd!#% of key, monkey"], ["p@$$/w0rd!#%", "key"], []);
  assert.equal(shown, "Bad [redacted] of [redacted], monkey");
});

test("texts that are looked at together stay apart", () => {
  const texts = ["Ada", "\ufffeAda", "\\ufffeAda\uffff", "", "seven wonderful", "cakes"];
  const shown = redact(texts, ["\ufffe", "key"], ["Ada", "seven wonderful cakes", "\ufffe"]);
  assert.deepEqual(shown, ["[redacted]", "[redacted]", "[redacted]", "", "seven wonderful", "cakes"]);
});

test("of a long text the beginning is shown", () => {
  assert.equal(redacted("Hello", "é ".repeat(40_000)), `${"é ".repeat(2048)}...`);
});

test("of more content than is looked at, nothing is repeated", () => {
  assert.equal(redacted("x".repeat(1_000_001), "Validation failed: Ada"), "[redacted]");
});

test("a secret is found wherever it stands in a long message", () => {
  for (const before of [0, 100, 15_000, 15_350, 16_380, 16_384, 31_000, 149_000]) {
    const content = `${"é so ".repeat(before / 5)}Lovelace & Babbage Ltd, Kx5519 ${"y ".repeat(500)}`;
    assert.doesNotMatch(redacted(content, "Bad: Lovelace & Babbage Ltd, Kx5519 é"), /Babbage|5519/, before);
  }
});

for (const content of ["a b c d ", "ก", "Kx5519 Ada Lovelace ", "x@", "%25", "1 2-", "... ", "\\\\", "王"]) {
  test(`the work grows with the length of a message of ${content.trim()}, and not with the text's beside it`, async () => {
    const answers = ["a b c d e f g h ", "ก", "Kx5519 ", "1 2-", "\\\\", "王"].map((answer) =>
      answer.repeat(65_536),
    );
    const work = (size) => redact(answers, CREDENTIALS, [content.repeat(size / content.length)]);
    await assertLinear(work, 20_000);
  });
}

test("a message that ends where a sentence says undefined does not hide that", () => {
  const said = "Blue elephants undefined method";
  assert.equal(redacted("These are blue elephants", said), said);
});

test("a message's texts, numbers and file names are content; what names its template is not", () => {
  const message = {
    content: "Dear Ada",
    private: true,
    content_attributes: { in_reply_to: 29, note: "x" },
    attachments: [
      { data: new Blob(["x"]), name: "ada-5519.pdf", type: "application/pdf" },
      new File(["x"], "photo.png", { type: "image/png" }),
    ],
    template_params: {
      ...{ name: "order_update", language: "en_US", category: "UTILITY" },
      processed_params: { name: "Lovelace", type: "gold", 2: 5519, 3: 1.5 },
      header_params: { type: "location", location: { latitude: 52.5, name: "Home" } },
      button_params: [{ index: 0, sub_type: "url", text: "track/1" }],
    },
  };
  const of = (kind, message, extra) =>
    contentOf({ kind, message: snapshot(message).text, extra: snapshot(extra).text });
  const found = of("template", message, { note: "Babbage" });
  const texts = ["Dear Ada", "x", "ada-5519", "photo.png", "Lovelace", "gold", "track/1", "Home"];
  assert.deepEqual(found.toSorted(), [...texts, "5519", "1.5", "52.5", "Babbage"].toSorted());
  assert.deepEqual(of("retry", { id: 1, content: "Ada", sender: { name: "x" } }), ["Ada"]);
  assert.deepEqual(of("retry", 29), []);
});
