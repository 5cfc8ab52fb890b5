// A file takes a while: the button that was pressed says so, and no other is pressed meanwhile.

for (const form of document.querySelectorAll(".importing form")) {
  const buttons = [...form.querySelectorAll("button[data-meanwhile]")];
  const words = new Map(buttons.map((button) => [button, button.textContent]));

  form.addEventListener("submit", (event) => {
    // After the form was sent: a disabled button would not be part of it.
    setTimeout(() => {
      for (const button of buttons) button.disabled = true;
      if (event.submitter) event.submitter.textContent = event.submitter.dataset.meanwhile;
    });
  });

  // Coming back to a page that the browser kept.
  addEventListener("pageshow", () => {
    for (const button of buttons) {
      button.disabled = false;
      button.textContent = words.get(button);
    }
  });
}
