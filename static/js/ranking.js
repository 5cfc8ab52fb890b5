// Ranks: one that is taken says by what, one that is skipped says what becomes of the others.

import { makeDraggable } from "./dragging.js";

export function steerRankings(form) {
  const follow = ({ target }) => {
    const list = target.closest("[data-question]")?.querySelector("[data-ranking]");
    if (list) mark(list);
  };
  form.addEventListener("change", follow);
  form.addEventListener("refilled", follow);
  for (const list of form.querySelectorAll("[data-ranking]")) {
    mark(list);
    makeDraggable(list);
  }
}

function labelOf(select) {
  return select.labels[0].textContent;
}

// A taken rank can be taken back by giving its holder another.
function mark(list) {
  const selects = [...list.querySelectorAll("select")];
  const ranked = selects.filter((select) => select.value).sort((a, b) => a.value - b.value);
  const holders = new Map(ranked.map((select) => [select.value, select]));
  for (const select of selects) {
    select.closest("li").classList.toggle("ranked", select.value !== "");
    for (const option of select.options) {
      if (!option.value) continue;
      option.dataset.name ??= option.textContent;
      const holder = holders.get(option.value);
      option.disabled = Boolean(holder && holder !== select);
      const taken = option.disabled ? ` (déjà\u00a0: ${labelOf(holder)})` : "";
      option.textContent = option.dataset.name + taken;
    }
  }
  const gaps = list.closest("[data-question]").querySelector("[data-gaps]");
  const order = ranked.map((select, place) => `n°${place + 1} ${labelOf(select)}`);
  const isSkipped = ranked.some((select, place) => select.value !== String(place + 1));
  gaps.textContent = isSkipped
    ? `Un rang est sauté\u00a0: l’ordre retenu est ${order.join("\u202f; ")}.`
    : "";
}
