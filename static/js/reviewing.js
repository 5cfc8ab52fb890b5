// What stands beside a question that could not be saved, and why.

export function showErrors(question, errors) {
  const paragraphs = errors.map((words) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = words;
    return paragraph;
  });
  question.classList.toggle("wrong", errors.length > 0);
  question.querySelector(".error").replaceChildren(...paragraphs);
  for (const field of question.querySelectorAll("input[type=text], textarea")) {
    if (errors.length) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

// Both answers stand until the person chooses `mine` or `theirs`.
export function showConflict(question, saved, choose) {
  const box = contentOf("[data-conflict]");
  box.querySelector(".as-written").textContent = saved;
  box.querySelector("[data-mine]").addEventListener("click", choose.mine);
  box.querySelector("[data-theirs]").addEventListener("click", choose.theirs);
  question.classList.add("wrong");
  question.querySelector(".elsewhere").replaceChildren(box);
}

export function endConflict(question) {
  question.classList.remove("wrong");
  question.querySelector(".elsewhere").replaceChildren();
  fieldOf(question).focus();
}

function fieldOf(question) {
  return question.querySelector("[data-answer] [name]:not(:disabled)");
}

export function goTo(question) {
  question.scrollIntoView();
  const button = question.querySelector(".elsewhere button");
  (button ?? fieldOf(question)).focus({ preventScroll: true });
}

// The questionnaire is closed: what is written can be copied, and changed no more.
export function freeze(form, lost) {
  for (const question of lost) {
    question.classList.add("wrong");
    question.querySelector(".elsewhere").replaceChildren();
    question.querySelector(".error").replaceChildren(contentOf("[data-lost]"));
  }
  for (const field of form.querySelectorAll("[data-question] [name]:not([type=hidden])")) {
    if (field.matches("input[type=text], textarea")) field.readOnly = true;
    else field.disabled = true;
  }
  form.querySelector("button.action")?.remove();
  const notice = document.querySelector("[data-closed]");
  notice.querySelector("[data-losses]").hidden = !lost.length;
  notice.hidden = false;
}

function contentOf(template) {
  return document.querySelector(template).content.cloneNode(true);
}
