// Search within the texts of a block without leaving the report. Without this the form leads to the
// page of the texts, which answers the same.

// What each block showed before a search, put back when the field is emptied.
const before = new WeakMap();

async function show(block, address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const reading = block.querySelector(".reading");
  const found = document.adoptNode(page.querySelector(".reading"));
  for (const link of found.querySelectorAll(".pages a")) {
    link.href = new URL(link.getAttribute("href"), address).href;
  }
  if (!before.has(block)) before.set(block, reading);
  reading.replaceWith(found);
  say(block, `${page.querySelector(".found").textContent}.`);
}

function say(block, words) {
  const status = block.querySelector(".found");
  status.hidden = false;
  status.textContent = words;
}

function putBack(block) {
  if (!before.has(block)) return;
  block.querySelector(".reading").replaceWith(before.get(block));
  before.delete(block);
  block.querySelector(".found").hidden = true;
}

async function search(event) {
  const form = event.target.closest(".block .search-texts");
  if (!form) return;
  event.preventDefault();
  const block = form.closest(".block");
  const words = form.elements.q.value.trim();
  if (!words) return putBack(block);
  const address = new URL(form.action);
  address.searchParams.set("q", words);
  await show(block, address.href).catch(() => location.assign(address.href));
}

async function turnPage(event) {
  const link = event.target.closest(".block .reading .pages a");
  if (!link) return;
  event.preventDefault();
  const block = link.closest(".block");
  await show(block, link.href).catch(() => location.assign(link.href));
  const first = block.querySelector(".reading .quotes > li");
  first?.setAttribute("tabindex", "-1");
  first?.focus();
}

document.addEventListener("submit", search);
document.addEventListener("click", turnPage);
document.addEventListener("input", (event) => {
  const form = event.target.closest(".block .search-texts");
  if (form && !event.target.value) putBack(form.closest(".block"));
});
