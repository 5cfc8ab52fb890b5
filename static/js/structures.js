// Tables of structures: a search field, and headers that sort. Of a long table the page holds the
// first rows; the others are fetched at the first search or sort, and shown some at a time. Without
// this the table stands in its declared order, page by page.
import { folded } from "./folded.js";

const ROWS_SHOWN = 200;
const collator = new Intl.Collator("fr");
const figure = new Intl.NumberFormat("fr");

// What a cell sorts by, by the kind of its column.
function keyOf(header) {
  if (header.dataset.scale) {
    const places = new Map(JSON.parse(header.dataset.scale).map((words, place) => [words, place]));
    return (words) => places.get(words) ?? places.size;
  }
  if ("numbers" in header.dataset) {
    return (words) => Number(words.replace(/[\s\u202f]/g, "").replace(",", "."));
  }
  return (words) => words.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function sorted(rows, header, descends) {
  const key = keyOf(header);
  const keyed = rows.map((row) => {
    const words = row.cells[header.cellIndex].textContent;
    return { row, key: key(words), empty: words === "" };
  });
  // Empty cells come last either way.
  keyed.sort((one, other) => {
    if (one.empty || other.empty) return one.empty - other.empty;
    const order =
      typeof one.key === "number" ? one.key - other.key : collator.compare(one.key, other.key);
    return descends ? -order : order;
  });
  return keyed.map((each) => each.row);
}

class Listing {
  constructor(element) {
    this.element = element;
    this.table = element.querySelector("table");
    this.body = this.table.tBodies[0];
    this.rows = [...this.body.rows];
    this.total = Number(element.dataset.total);
    this.words = new Map();
    this.shown = ROWS_SHOWN;
    this.addSearch();
    this.addSorting();
    this.tell(this.total);
  }

  addSearch() {
    this.field = Object.assign(document.createElement("input"), { type: "search" });
    this.status = document.createElement("p");
    this.status.setAttribute("role", "status");
    const label = document.createElement("label");
    label.append("Chercher dans la table ", this.field);
    const bar = document.createElement("div");
    bar.className = "search-structures";
    bar.append(label, this.status);
    this.element.prepend(bar);
    this.more = Object.assign(document.createElement("button"), {
      type: "button",
      className: "plain",
      textContent: `${ROWS_SHOWN} lignes de plus`,
      hidden: true,
    });
    this.element.append(this.more);
    this.field.addEventListener("input", () => this.search());
    this.more.addEventListener("click", () => {
      this.shown += ROWS_SHOWN;
      this.draw();
    });
  }

  addSorting() {
    for (const header of this.table.tHead.rows[0].cells) {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.append(...header.childNodes);
      button.addEventListener("click", () => this.sort(header));
      header.append(button);
    }
  }

  // All the rows, fetched once where the page holds but the first.
  async complete() {
    const address = this.element.dataset.whole;
    if (!address) return;
    this.fetching ??= fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    });
    const page = new DOMParser().parseFromString(await this.fetching, "text/html");
    if (!this.element.dataset.whole) return;
    delete this.element.dataset.whole;
    this.rows = [...page.querySelector(".structures tbody").rows];
    this.element.parentElement.querySelector(":scope > .rest")?.remove();
  }

  async search() {
    if (await this.isComplete()) {
      this.shown = ROWS_SHOWN;
      this.draw();
    }
  }

  async sort(header) {
    if (!(await this.isComplete())) return;
    const descends = header.getAttribute("aria-sort") === "ascending";
    this.rows = sorted(this.rows, header, descends);
    for (const each of header.parentElement.cells) each.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descends ? "descending" : "ascending");
    this.shown = ROWS_SHOWN;
    this.draw();
  }

  async isComplete() {
    try {
      await this.complete();
      return true;
    } catch {
      this.fetching = undefined;
      this.status.textContent = "La table entière n’est pas arrivée : réessayez.";
      return false;
    }
  }

  draw() {
    const wanted = folded(this.field.value).split(/\s+/).filter(Boolean);
    const found = this.rows.filter((row) => wanted.every((word) => this.wordsOf(row).includes(word)));
    this.body.replaceChildren(...found.slice(0, this.shown));
    this.tell(found.length);
  }

  wordsOf(row) {
    if (!this.words.has(row)) {
      this.words.set(row, folded([...row.cells].map((cell) => cell.textContent).join("\n")));
    }
    return this.words.get(row);
  }

  // « 4 structures sur 63 »
  tell(found) {
    const shown = this.body.rows.length;
    const noun = found < 2 ? "structure" : "structures";
    const among = found < this.total ? ` sur ${figure.format(this.total)}` : "";
    const first = found > shown ? `, les ${figure.format(shown)} premières montrées` : "";
    this.status.textContent = found
      ? `${figure.format(found)} ${noun}${among}${first}`
      : "Aucune structure ne contient ces mots";
    this.more.hidden = found <= shown || "whole" in this.element.dataset;
  }
}

for (const element of document.querySelectorAll(".structures")) {
  if (Number(element.dataset.total) > 1) new Listing(element);
}
