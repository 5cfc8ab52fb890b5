// Choices that exclude each other, and the precision that goes with « Autre » alone.

export function steerChoices(form) {
  form.addEventListener("change", ({ target }) => {
    const question = target.closest("[data-question]");
    if (!question) return;
    if (target.type === "checkbox" && target.checked && !target.name.includes("__")) {
      untickExcluded(question, target);
    }
    steerPrecisions(question);
  });
  form.addEventListener("refilled", ({ target }) => steerPrecisions(target));
  steerPrecisions(form);
}

function untickExcluded(question, target) {
  for (const other of question.querySelectorAll("input[type=checkbox]:checked")) {
    const apart = target.hasAttribute("data-exclusive") || other.hasAttribute("data-exclusive");
    if (other !== target && apart) other.checked = false;
  }
}

// Disabled, a precision is not sent; its words come back with « Autre », while the page is there.
function steerPrecisions(within) {
  for (const precision of within.querySelectorAll("[data-precision]")) {
    const option = precision.closest(".precision").previousElementSibling;
    precision.disabled = !option.querySelector("[data-other]").checked;
  }
}
