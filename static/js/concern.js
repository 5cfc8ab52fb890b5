// « Cette question ne me concerne pas »: ticking it empties the answer, answering unticks it.
// What it emptied comes back when it is unticked, for as long as the page is there.

import { isTicked } from "./fields.js";

const emptied = new WeakMap();

export function steerMarks(form) {
  form.addEventListener("input", steer);
  form.addEventListener("change", steer);
  form.addEventListener("refilled", ({ target }) => emptied.delete(target));
}

function steer({ target }) {
  const question = target.closest("[data-question]");
  const mark = question?.querySelector("[data-not-concerned]");
  if (target === mark) (mark.checked ? empty : giveBack)(question);
  else if (mark && target.closest("[data-answer]")) {
    mark.checked = false;
    emptied.delete(question);
  }
}

function fieldsOf(question) {
  return [...question.querySelectorAll("[data-answer] [name]")];
}

function empty(question) {
  if (emptied.has(question)) return;
  const fields = fieldsOf(question);
  emptied.set(question, new Map(fields.map((each) => [each, [each.checked, each.value]])));
  for (const field of fields) {
    if (isTicked(field)) field.checked = false;
    else field.value = "";
  }
}

function giveBack(question) {
  for (const [field, [checked, value]] of emptied.get(question) ?? []) {
    if (isTicked(field)) field.checked = checked;
    else field.value = value;
  }
  emptied.delete(question);
}
