// Who talks here: one agent and one customer, in one inbox of one account.

export const ACCOUNT_ID = 1;
export const INBOX_ID = 7;

/** The agent, who sends what the API creates. */
export function agent() {
  return person(3, "Grace Hopper", "user");
}

/** The customer. */
export function contact() {
  return person(29, "Ada Lovelace", "contact");
}

function person(id, name, type) {
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

/** What `{{ contact.name }}` and its like stand for in a message's content. */
export const LIQUID_VALUES = new Map([
  ["contact.id", "29"],
  ["contact.name", "Ada Lovelace"],
  ["contact.first_name", "Ada"],
  ["contact.last_name", "Lovelace"],
  ["contact.email", "ada@example.com"],
  ["contact.phone_number", "+15550100"],
  ["agent.name", "Grace Hopper"],
  ["agent.available_name", "Grace Hopper"],
  ["agent.first_name", "Grace"],
  ["agent.last_name", "Hopper"],
  ["agent.email", "grace@example.com"],
  ["inbox.name", "Sandbox"],
]);
