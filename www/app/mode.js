// Whether a sandbox or LiveDesk itself answers, and the failures a sandbox has to offer.

import { byId, make } from "./dom.js";

export async function showMode(onConversation) {
  const response = await fetch("sandbox.json");
  const { live, upstream, reserved } = await response.json();
  const badge = byId("mode");
  badge.textContent = live ? "LIVE" : "Sandbox";
  badge.classList.add(live ? "live" : "sandbox");
  byId("mode-note").textContent = live
    ? `What you send reaches real customers, through ${upstream}`
    : "A LiveDesk in memory: nothing leaves this machine";
  if (reserved.length > 0) offer(reserved, onConversation);
}

function offer(reserved, onConversation) {
  const field = byId("conversation");
  const select = byId("failure");
  const note = byId("failure-note");
  const options = reserved.map(({ id, description }) =>
    make("option", { value: String(id), textContent: `${id}: ${description}` }),
  );
  select.append(...options);
  let usual = field.value;
  const follow = () => {
    const here = reserved.find(({ id }) => String(id) === field.value.trim());
    if (!here) usual = field.value;
    select.value = here ? String(here.id) : "";
    note.textContent = here?.description ?? "";
    note.hidden = !here;
  };
  field.addEventListener("input", follow);
  select.addEventListener("change", () => {
    onConversation(select.value || usual);
    follow();
  });
  byId("failures").hidden = false;
}
