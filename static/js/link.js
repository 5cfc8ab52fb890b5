// The personal link: copied by a button, and read from the address where it was opened.

export function copyLinks() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("[data-link]").value);
      button.textContent = "Copié";
    });
  }
}

export function resumeFromAddress() {
  const resume = document.querySelector("[data-resume]");
  const code = location.hash.slice(1);
  if (!resume || !code) return;
  history.replaceState(null, "", location.pathname);
  resume.elements.code.value = code;
  resume.requestSubmit();
}
