// Tabs as the ARIA practices describe them: one stop for the Tab key, arrows between them.

const tabs = [...document.querySelectorAll("[role=tab]")];
let changed = () => {};

/** `onChange` is called whenever another tab is shown. */
export function startTabs(onChange) {
  changed = onChange;
  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", onKey);
  }
  select(tabs[0]);
}

/** Shows the tab of this kind: `text`, `attachments`, `template` or `retry`. */
export function showTab(kind) {
  select(tabs.find((tab) => tab.id === `tab-${kind}`));
}

function select(chosen) {
  for (const tab of tabs) {
    const selected = tab === chosen;
    tab.setAttribute("aria-selected", String(selected));
    tab.tabIndex = selected ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !selected;
  }
  changed();
}

function onKey(event) {
  const at = tabs.indexOf(event.currentTarget);
  const targets = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  const tab = tabs.at(target % tabs.length);
  select(tab);
  tab.focus();
}
