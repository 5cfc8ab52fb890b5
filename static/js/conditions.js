// « Asked if », live in the page: the rules are the server's, given as data on each question.

export function followConditions(form, questions) {
  const update = () => {
    const hidden = new Set();
    for (const [code, question] of questions) {
      const rule = question.dataset.condition && JSON.parse(question.dataset.condition);
      const parent = rule && questions.get(rule.question);
      if (!parent) continue; // Its parent is on another page: the server has decided.
      const chosen = hidden.has(rule.question) ? [] : chosenIn(parent);
      question.hidden = !holds(rule, chosen);
      if (question.hidden) hidden.add(code);
    }
  };
  form.addEventListener("change", update);
  form.addEventListener("refilled", update);
  update();
}

function holds(rule, chosen) {
  if (rule.any_of) return chosen.some((code) => rule.any_of.includes(code));
  return chosen.length > 0 && !chosen.some((code) => rule.none_of.includes(code));
}

function chosenIn(question) {
  if (question.querySelector("[data-not-concerned]:checked")) return [];
  const ticked = [...question.querySelectorAll("input:checked")].map((input) => input.value);
  const ranked = [...question.querySelectorAll("select")]
    .filter((select) => select.value)
    .map((select) => select.name.split("__")[1]);
  return [...ticked, ...ranked].filter(Boolean);
}
