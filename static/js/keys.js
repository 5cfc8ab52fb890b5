// A single letter presses what has it as its `data-key`: a shortcut for whoever does not type. Where
// the page has a box for it, it can be turned off. What is disabled is told of the key in vain.

const READ_AT_LEAST = 400; // milliseconds: a key pressed twice decides one text, not the next

const box = document.getElementById("keys");
const shownAt = performance.now();
let sent = false;

export function isFor(event) {
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  const other = event.ctrlKey || event.altKey || event.metaKey;
  return !typing && !other && (box?.checked ?? true);
}

document.addEventListener("keydown", (event) => {
  const letter = event.key.toLowerCase();
  if (event.repeat || !isFor(event) || !/^[a-z]$/.test(letter)) return;
  const control = document.querySelector(`[data-key="${letter}"]:not([hidden])`);
  if (!control || (control.form && performance.now() - shownAt < READ_AT_LEAST)) return;
  event.preventDefault();
  if (control.disabled) control.dispatchEvent(new CustomEvent("in-vain", { bubbles: true }));
  else control.click();
});

if (box) {
  box.checked = localStorage.getItem("keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
}
for (const hint of document.querySelectorAll("[data-key] kbd, .keys")) hint.hidden = false;

// A form is sent once, until the page is shown again.
document.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent ||= !event.defaultPrevented;
});
addEventListener("pageshow", () => (sent = false));
