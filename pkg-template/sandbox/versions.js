// Where upstream's versions differ from each other and from LiveDesk's page, one row each.
// docs/sandbox-versions.md shows this table, and a test compares them.

/**
 * What holds in a version.
 * @typedef {{
 *   answersTemplatesInPart: boolean;
 *   answersFailuresInPart: boolean;
 *   alwaysListsAttachments: boolean;
 *   keepsAttributes: boolean;
 *   fillsReplyKeys: boolean;
 *   mostAttachments: number;
 *   retriesFailedOnly: boolean;
 *   retryKeepsAttributes: boolean;
 *   retrySkipsAccepted: boolean;
 *   knowsAgentEmail: boolean;
 *   longestPartHeader: number;
 *   readsLastName: boolean;
 * }} Rules
 */

const RACK = "seen on Rails with Rack 2.2 and 3.2; the option pairs 4.12 with the older one";
const ON_RAILS = "seen on Rails, 4.15.1";

/** A cell is what holds: true, false, or a number. */
export const DIFFERENCES = [
  {
    rule: "answersTemplatesInPart",
    what: "a template is answered in part: id, content, message_type, status, and its name, language and category",
    ...{ documented: true, 4.12: false, 4.15: false },
    source: "LiveDesk's page; upstream has one view for all messages",
  },
  {
    rule: "answersFailuresInPart",
    what: "a message that failed is answered with id, status and external_error alone",
    ...{ documented: true, 4.12: false, 4.15: false },
    source: "LiveDesk's page; upstream has one view for all messages",
  },
  {
    rule: "alwaysListsAttachments",
    what: "an answer always has `attachments` and a `sorting_id`",
    ...{ documented: true, 4.12: false, 4.15: false },
    source: `LiveDesk's page; ${ON_RAILS}`,
  },
  {
    rule: "keepsAttributes",
    what: "content_attributes stay as they were sent, nil in lists too",
    ...{ documented: true, 4.12: false, 4.15: false },
    source: "LiveDesk's page calls them open; Rails takes nil out of every list",
  },
  {
    rule: "fillsReplyKeys",
    what: "`in_reply_to` and `in_reply_to_external_id` are filled from each other",
    ...{ documented: false, 4.12: true, 4.15: true },
    source: `LiveDesk's page knows the first alone; ${ON_RAILS}`,
  },
  {
    rule: "mostAttachments",
    what: "more files than this are a 422",
    ...{ documented: 15, 4.12: Number.POSITIVE_INFINITY, 4.15: Number.POSITIVE_INFINITY },
    source: `LiveDesk's page; ${ON_RAILS}, where the limit is an error that is cleared again`,
  },
  {
    rule: "retriesFailedOnly",
    what: "a retry acts on failed messages only; any other is answered as it is",
    ...{ documented: true, 4.12: false, 4.15: false },
    source: `LiveDesk's page; ${ON_RAILS}, which delivers any message again`,
  },
  {
    rule: "retryKeepsAttributes",
    what: "a retry keeps all content_attributes but external_error",
    ...{ documented: true, 4.12: false, 4.15: false },
    source: `LiveDesk's page tells of nothing else; ${ON_RAILS}, which wipes them`,
  },
  {
    rule: "retrySkipsAccepted",
    what: "a retry is answered with sent, but delivers nothing, when the message has a source_id",
    ...{ documented: false, 4.12: true, 4.15: true },
    source: "upstream's issue 14120, mended in August 2026 by its change 15432",
  },
  {
    rule: "knowsAgentEmail",
    what: "Liquid knows `agent.email`",
    ...{ documented: true, 4.12: false, 4.15: true },
    source: "upstream's change 14338 of April 2026",
  },
  {
    rule: "longestPartHeader",
    what: "a part whose Content-Disposition has more bytes than this is ignored, so the file is lost",
    ...{ documented: 1536, 4.12: Number.POSITIVE_INFINITY, 4.15: 1536 },
    source: RACK,
  },
  {
    rule: "readsLastName",
    what: 'the last `name=` of a part\'s header is its name, so a file called `a"; name="content` is lost',
    ...{ documented: false, 4.12: true, 4.15: false },
    source: RACK,
  },
];

/** Every value of the option `version`, the default first. */
export const VERSIONS = /** @type {const} */ (["documented", "4.12", "4.15"]);

/**
 * @param {unknown} [version]
 * @returns {Rules} what holds in that version, by the rule's name
 */
export function rulesOf(version = VERSIONS[0]) {
  const name = /** @type {(typeof VERSIONS)[number]} */ (version);
  if (!VERSIONS.includes(name)) {
    throw new TypeError(`version is one of ${VERSIONS.map((each) => `"${each}"`).join(", ")}`);
  }
  return /** @type {Rules} */ (Object.fromEntries(DIFFERENCES.map((row) => [row.rule, row[name]])));
}
