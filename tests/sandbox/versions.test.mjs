import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { DIFFERENCES, VERSIONS } from "../../pkg-template/sandbox/versions.js";
import { created, form, part, post, refused, replaceSandbox, stored } from "./helpers.mjs";

const UPSTREAM = ["4.12", "4.15"];
const TEMPLATE = { content: "a", template_params: { name: "t", language: "en" } };

describe("the version", () => {
  test("is refused when there is none like it", () => {
    for (const version of ["4.13", 4.12, null, "", "toString"]) {
      assert.throws(() => replaceSandbox({ version }), TypeError);
    }
  });

  test("is LiveDesk's page unless another is asked for", async () => {
    replaceSandbox({ version: undefined });
    const fallback = await created(141, TEMPLATE);
    replaceSandbox({ version: "documented" });
    assert.deepEqual(await created(141, TEMPLATE), fallback);
  });

  test("differs from the others in what docs/sandbox-versions.md says, row by row", () => {
    const text = readFileSync(new URL("../../docs/sandbox-versions.md", import.meta.url), "utf8");
    const rows = text.split("\n").filter((line) => line.startsWith("| "));
    const head = ["what holds", ...VERSIONS.map((version) => `\`${version}\``), "source"];
    const table = [
      head,
      ...DIFFERENCES.map((row) => [row.what, ...VERSIONS.map((v) => word(row[v])), row.source]),
    ];
    assert.deepEqual(
      rows,
      table.map((cells) => `| ${cells.join(" | ")} |`),
    );
  });

  for (const version of UPSTREAM) {
    test(`shows templates, failures and messages without files whole in ${version}`, async () => {
      replaceSandbox({ version });
      const names = [
        "id",
        "content",
        "inbox_id",
        "conversation_id",
        "message_type",
        "content_type",
        "status",
      ];
      names.push("content_attributes", "created_at", "private", "source_id", "sender");
      assert.deepEqual(Object.keys(await created(141, TEMPLATE)), names);
      const failed = await created(900131, { content: "a" });
      assert.deepEqual(Object.keys(failed), names);
      assert.equal(failed.status, "failed");
      assert.equal(failed.content_attributes.external_error, "131047: Re-engagement message");
      const { attachments } = await created(141, form({ "attachments[]": new File(["x"], "a.txt") }));
      assert.equal(attachments.length, 1);
    });

    test(`fills both keys of a reply in ${version}, each from the other, and leaves nil out of lists`, async () => {
      replaceSandbox({ version });
      const { id } = await created(141, { content: "a", source_id: "wamid.1" });
      const both = { in_reply_to: id, in_reply_to_external_id: "wamid.1" };
      for (const given of [
        { in_reply_to: id },
        { in_reply_to: String(id) },
        { in_reply_to_external_id: "wamid.1" },
      ]) {
        const { content_attributes } = await created(141, { content: "b", content_attributes: given });
        assert.deepEqual(content_attributes, both);
      }
      const open = { x: [1, null, { y: null }] };
      const kept = await created(141, { content: "b", content_attributes: open });
      assert.deepEqual(kept.content_attributes, { x: [1, { y: null }] });
      const unknown = { in_reply_to_external_id: "wamid.2" };
      const { content_attributes } = await created(141, { content: "b", content_attributes: unknown });
      assert.deepEqual(content_attributes, { in_reply_to: null, in_reply_to_external_id: null });
    });

    test(`stores sixteen files in ${version}`, async () => {
      replaceSandbox({ version });
      const files = Array.from({ length: 16 }, () => new File(["x"], "a.txt"));
      assert.equal((await created(141, form({ "attachments[]": files }))).attachments.length, 16);
    });
  }

  test("is 4.12 where Liquid does not know the agent's address", async () => {
    for (const [version, content] of [
      ["documented", "grace@example.com"],
      ["4.12", ""],
      ["4.15", "grace@example.com"],
    ]) {
      replaceSandbox({ version });
      assert.equal((await created(141, { content: "{{agent.email}}" })).content, content);
    }
  });

  test("is 4.12 where a long name loses no file, and a name that looks like another field does", async () => {
    const named = 'a"; name="content';
    for (const [version, long, nested] of [
      ["documented", 0, 1],
      ["4.12", 1, 0],
      ["4.15", 0, 1],
    ]) {
      replaceSandbox({ version });
      await created(141, form({ "attachments[]": new File(["x"], "a".repeat(1500)) }));
      await created(141, form({ "attachments[]": new File(["x"], named) }));
      const counts = stored(141).map(({ attachments }) => attachments.length);
      assert.deepEqual(counts, [long, nested], version);
    }
  });

  test("makes no difference to what is refused", async () => {
    for (const version of VERSIONS) {
      replaceSandbox({ version });
      await refused(await post(141, { content: "a".repeat(150_001) }), 422);
      await refused(await post(141, { content: "a", private: "" }), 422);
      await refused(await post(141, "{"), 400);
      assert.equal(stored(141).length, 0);
    }
  });

  test("makes no difference to a part that is called by its Content-ID, or not at all", async () => {
    for (const version of VERSIONS) {
      replaceSandbox({ version });
      const byId = "Content-ID: content\r\n\r\na\r\n";
      assert.equal((await created(141, [byId])).content, "a");
      assert.equal((await created(141, [part("other=1", "x")])).content, null);
    }
  });
});

function word(cell) {
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  return Number.isFinite(cell) ? cell.toLocaleString("en") : "none";
}
