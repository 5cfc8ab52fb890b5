// Dragging the rows of a ranking, by mouse or by finger. It only sets the selects, which stay the
// way of the keyboard. Ranked rows stand above a line, in their order, the others under it.

const EDGE = 90;
const STEP = 12;

export function makeDraggable(list) {
  const rows = [...list.children];
  const line = document.createElement("li");
  line.className = "line";
  line.setAttribute("aria-hidden", "true");
  line.textContent = "Glissez au-dessus de cette ligne pour classer, ou choisissez un numéro.";
  for (const row of rows) {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.setAttribute("aria-hidden", "true");
    grip.addEventListener("pointerdown", (event) => start(event, row));
    row.prepend(grip);
  }

  function sort() {
    const ranked = rows.filter((row) => selectOf(row).value);
    ranked.sort((a, b) => selectOf(a).value - selectOf(b).value);
    const order = [...ranked, line, ...rows.filter((row) => !ranked.includes(row))];
    if (order.some((row, place) => row !== list.children[place])) list.append(...order);
  }

  function start(event, row) {
    if (event.button !== 0 || selectOf(row).disabled) return;
    event.preventDefault();
    sort();
    row.classList.add("dragged");
    list.setPointerCapture(event.pointerId);
    const stop = new AbortController();
    const { signal } = stop;
    const end = (give) => () => {
      stop.abort();
      row.classList.remove("dragged");
      give();
    };
    list.addEventListener("pointermove", (move) => follow(row, move.clientY), { signal });
    list.addEventListener("pointerup", end(() => rank(row)), { signal });
    list.addEventListener("pointercancel", end(sort), { signal });
  }

  function follow(row, y) {
    if (y < EDGE) scrollBy(0, -STEP);
    if (y > innerHeight - EDGE) scrollBy(0, STEP);
    const others = [...list.children].filter((each) => each !== row);
    const next = others.find((each) => y < middleOf(each)) ?? null;
    if (next !== row.nextElementSibling) list.insertBefore(row, next);
  }

  function rank(row) {
    const order = [...list.children];
    const ranked = order.slice(0, order.indexOf(line));
    const before = rows.map((each) => selectOf(each).value).join();
    for (const each of rows) {
      selectOf(each).value = ranked.includes(each) ? ranked.indexOf(each) + 1 : "";
    }
    if (before === rows.map((each) => selectOf(each).value).join()) return;
    selectOf(row).dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Rows stay where they are while somebody chooses among them, and fall into order afterwards.
  const sortOutside = ({ target }) => list.contains(target) || sort();
  document.addEventListener("focusin", sortOutside);
  document.addEventListener("pointerdown", sortOutside);
  list.closest("[data-question]").addEventListener("refilled", sort);
  sort();
}

function selectOf(row) {
  return row.querySelector("select");
}

function middleOf(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
