// « Cette question ne me concerne pas »: ticking it empties the answer, answering unticks it.
// What it emptied comes back when it is unticked, for as long as the page is there.

const emptied = new WeakMap();

export function steerMarks(form) {
  form.addEventListener("input", steer);
  form.addEventListener("change", steer);
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
  emptied.set(question, fields.map(({ checked, value }) => ({ checked, value })));
  for (const field of fields) {
    if (isTicked(field)) field.checked = false;
    else field.value = "";
  }
}

function giveBack(question) {
  const before = emptied.get(question);
  emptied.delete(question);
  if (!before) return;
  fieldsOf(question).forEach((field, place) => {
    if (isTicked(field)) field.checked = before[place].checked;
    else field.value = before[place].value;
  });
}

function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}
