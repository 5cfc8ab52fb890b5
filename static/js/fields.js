// The fields of a question: what they hold, and putting it back.

export function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function fieldsOf(question) {
  return [...question.querySelectorAll("[name]:not([type=hidden])")];
}

// What a form would post: pairs of name and value.
export function read(question) {
  return fieldsOf(question)
    .filter((field) => !field.disabled && (!isTicked(field) || field.checked))
    .map((field) => [field.name, field.value]);
}

// Nobody typed it, so « refilled » is what tells the page, not « change ».
export function write(question, pairs) {
  for (const field of fieldsOf(question)) {
    const given = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTicked(field)) field.checked = given.includes(field.value);
    else if (given.length) [field.value] = given;
  }
  question.dispatchEvent(new Event("refilled", { bubbles: true }));
}

// The digest of the answer that the page started from.
export function shownOf(question) {
  return question.querySelector(`[name="shown__${question.dataset.question}"]`);
}
