// Who talks here: one agent and one customer, in one inbox of one account.

/** @import { Rules } from "./versions.js" */

export const ACCOUNT_ID = 1;
export const INBOX_ID = 1;

const AGENT = { id: 3, name: "Grace Hopper", email: "grace@example.com" };
const CONTACT = { id: 29, name: "Ada Lovelace", email: "ada@example.com", phone_number: "+15550100" };

/** The agent, who sends what the API creates. */
export function agent() {
  return person(AGENT, "user");
}

/** The customer. */
export function contact() {
  return person(CONTACT, "contact");
}

/**
 * @param {{ id: number; name: string }} who
 * @param {"user" | "contact"} type
 */
function person({ id, name }, type) {
  return {
    id,
    name,
    available_name: name,
    avatar_url: "",
    type,
    availability_status: "online",
    thumbnail: "",
  };
}

/**
 * What Liquid knows of a message: `contact`, `agent` (whoever sends it), `conversation`, `inbox`, `account`.
 *
 * @param {import("../sandbox.js").SandboxMessage} message
 * @param {() => number} conversationKey the conversation's own id, which is not the number in the path
 * @param {Rules} rules of the version
 */
export function dropsOf(message, conversationKey, { knowsAgentEmail }) {
  const isAgent = message.sender.type === "user";
  const { phone_number, email, ...sender } = /** @type {typeof CONTACT} */ (isAgent ? AGENT : CONTACT);
  return {
    contact: drop("ContactDrop", { ...CONTACT, ...namesOf(CONTACT), custom_attribute: drop("{}", {}) }),
    agent: drop("UserDrop", {
      ...sender,
      ...namesOf(sender),
      ...(isAgent && { available_name: sender.name }),
      ...(knowsAgentEmail && { email }),
    }),
    conversation: drop("ConversationDrop", {
      get id() {
        return conversationKey();
      },
      display_id: message.conversation_id,
      contact_name: capitalized(CONTACT.name),
      custom_attribute: drop("{}", {}),
    }),
    inbox: drop("InboxDrop", { id: INBOX_ID, name: "Sandbox" }),
    account: drop("AccountDrop", { id: ACCOUNT_ID, name: "Acme" }),
  };
}

/** @param {{ name: string }} who */
function namesOf({ name }) {
  const [first_name, last_name] = name.split(" ");
  return { first_name, last_name };
}

/** @param {string} name */
function capitalized(name) {
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
}

/**
 * Fields alone, and what is shown of the thing itself.
 * @template {object} T
 * @param {string} name
 * @param {T} fields
 */
function drop(name, fields) {
  return Object.defineProperty(fields, Symbol.toPrimitive, { value: () => name });
}
