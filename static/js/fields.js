// The fields of a question: what they hold, and putting it back.

export function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function fieldsOf(question) {
  return [...question.querySelectorAll("[name]:not([type=hidden])")];
}

// Whether a field holds anything but what the server put there: typed before the script came, or
// put back by the browser.
function isChanged(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const given = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.value !== given.value;
}

export function isAsServed(question) {
  return !fieldsOf(question).some((field) => !field.disabled && isChanged(field));
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
