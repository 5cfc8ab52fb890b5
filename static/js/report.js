// The results page: marks the block being read, folds the contents on small screens, brings the
// next texts in place. Everything works without it.

const contents = document.querySelector(".contents-box");
const wide = matchMedia("(min-width: 1100px)");

function fold() {
  if (contents) contents.open = wide.matches;
}

function markReading() {
  const links = new Map(
    [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]),
  );
  const reading = new IntersectionObserver(
    (entries) => {
      const entry = entries.find((each) => each.isIntersecting);
      if (!entry) return;
      document.querySelector(".contents [aria-current]")?.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    },
    { rootMargin: "-15% 0px -75% 0px" },
  );
  for (const block of document.querySelectorAll(".block")) reading.observe(block);
}

async function bringMore(event) {
  const link = event.target.closest("a[data-more]");
  if (!link) return;
  event.preventDefault();
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = document.querySelector(`#${link.dataset.more} .quotes`);
    const added = [...page.querySelectorAll(".quotes > li")];
    list.append(...added);
    added[0]?.setAttribute("tabindex", "-1");
    added[0]?.focus();
    const next = page.querySelector("a[rel=next]");
    if (next) link.href = new URL(next.getAttribute("href"), link.href).href;
    else link.closest(".more").remove();
  } catch {
    location.assign(link.href);
  }
  link.removeAttribute("aria-busy");
}

// A link to a block, or to something folded within it, opens what hides it.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target) target.closest("details")?.setAttribute("open", "");
}

fold();
wide.addEventListener("change", fold);
markReading();
document.addEventListener("click", bringMore);
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".embed-code textarea")) target.select();
});
addEventListener("hashchange", reveal);
// What is folded is printed; where style sheets alone cannot do it, it is unfolded for a while.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  for (const details of unfolded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
});
reveal();
