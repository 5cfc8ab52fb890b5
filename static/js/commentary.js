// The form of a commentary: the figures follow the block that is chosen, and the frames show all
// that they hold. Everything works without it.

const figures = document.getElementById("figures");

function fit(frame) {
  const content = frame.contentDocument?.documentElement;
  if (content) frame.style.height = `${content.scrollHeight + 4}px`;
}

for (const frame of document.querySelectorAll(".framed iframe")) {
  frame.addEventListener("load", () => fit(frame));
  fit(frame);
}

document.getElementById("id_place")?.addEventListener("change", (event) => {
  figures.src = `${figures.dataset.figures}?place=${encodeURIComponent(event.target.value)}`;
});
