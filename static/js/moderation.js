// Reading a text: words are removed by choosing them, with the mouse or keys. Without it, the words
// to publish are written in their field.

import { isFor } from "./keys.js";

const OMITTED = "[…]";
const JOINS = /^[ \u00a0\u202f'’-]*$/; // what is between removed words goes with them
const WORD = /[\p{L}\p{N}](?:[^\s'’]*[\p{L}\p{N}])?['’]?/gu;

const read = document.getElementById("read");
const form = document.querySelector(".deciding");
const field = document.getElementById("id_public_text"); // absent where nothing may be published
const appearing = document.getElementById("appearing");
const restart = document.getElementById("restart");
const told = form.querySelector(".told");
const counting = document.querySelector(".coding"); // of precisions on « Autre » alone
const original = read.textContent;

const words = field ? cut() : [];
const marked = words.filter((word) => word.localName === "mark");
let [current, anchor] = [-1, -1];
let dragged = false; // a click follows, on what was just chosen

function cut() {
  for (const node of [...read.childNodes]) {
    if (node.nodeType !== Node.TEXT_NODE) continue;
    const pieces = document.createDocumentFragment();
    let last = 0;
    for (const found of node.data.matchAll(WORD)) {
      const word = document.createElement("span");
      word.textContent = found[0];
      pieces.append(node.data.slice(last, found.index), word);
      last = found.index + found[0].length;
    }
    pieces.append(node.data.slice(last));
    node.replaceWith(pieces);
  }
  return [...read.children];
}

function isRemoved(word) {
  return word.classList.contains("removed");
}

function whatIsLeft() {
  let text = "";
  let since = null; // what stands after the last removed word; null before the first
  for (const node of read.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && isRemoved(node)) {
      if (since === null || !JOINS.test(since)) text += (since ?? "") + OMITTED;
      since = "";
    } else if (since === null) text += node.textContent;
    else since += node.textContent;
  }
  return text + (since ?? "");
}

function unix(text) {
  return text.replaceAll("\r\n", "\n").trim();
}

function isWritten() {
  return unix(field.value) !== unix(whatIsLeft());
}

function show() {
  if (!field) return;
  const changed = unix(field.value) !== unix(original);
  for (const button of form.querySelectorAll("[name=decision]")) {
    if (button.value === "publish") button.disabled = changed;
    if (button.value === "redact") button.disabled = !changed;
  }
  appearing.textContent = field.value;
  restart.hidden = !changed;
}

function say(words) {
  told.textContent = words;
}

function quoted(some) {
  return `«\u00a0${some.map((word) => word.textContent).join(" ")}\u00a0»`;
}

function toggle(some) {
  if (!some.length) return;
  if (isWritten()) {
    say("Le texte à publier est écrit à la main\u00a0: repartez du texte entier (R) pour retirer des mots.");
    return;
  }
  const remove = !some.every(isRemoved);
  for (const word of some) word.classList.toggle("removed", remove);
  field.value = whatIsLeft();
  say(`${remove ? "Retiré" : "Remis"}\u00a0: ${quoted(some)}`);
  show();
}

function chosen() {
  if (current < 0) return [];
  return words.slice(Math.min(anchor, current), Math.max(anchor, current) + 1);
}

function choose(place, extend) {
  if (!words.length) return;
  current = Math.max(0, Math.min(place, words.length - 1));
  if (!extend || anchor < 0) anchor = current;
  const now = chosen();
  for (const word of words) word.classList.toggle("chosen", now.includes(word));
  words[current].scrollIntoView({ block: "nearest" });
  const why = now.length === 1 && now[0].title ? `, ${now[0].title}` : "";
  say(`Choisi\u00a0: ${quoted(now)}${why}`);
}

function toNextMark() {
  if (!marked.length) return say("Rien ne semble personnel dans ce texte.");
  const next = marked.find((word) => words.indexOf(word) > current) ?? marked[0];
  choose(words.indexOf(next), false);
}

function startAgain() {
  for (const word of words) word.classList.remove("removed");
  field.value = original;
  say("Le texte entier est de nouveau là.");
  show();
}

// Beside a line, browsers may select the page from there on: the line's own end is meant.
function keepToLine(selection, { clientX, clientY }) {
  const box = read.getBoundingClientRect();
  const x = Math.max(box.left + 1, Math.min(clientX, box.right - 1));
  if (x === clientX || clientY < box.top || clientY > box.bottom) return;
  const caret = document.caretPositionFromPoint?.(x, clientY);
  if (caret && read.contains(caret.offsetNode) && read.contains(selection.anchorNode))
    selection.extend(caret.offsetNode, caret.offset);
}

// What is selected of the text; null if the mouse was neither pressed nor released on it.
function selected(selection) {
  if (selection.isCollapsed || !selection.rangeCount) return null;
  if (!read.contains(selection.anchorNode) && !read.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const inside = document.createRange();
  inside.selectNodeContents(read);
  if (inside.comparePoint(range.startContainer, range.startOffset) === 0)
    inside.setStart(range.startContainer, range.startOffset);
  if (inside.comparePoint(range.endContainer, range.endOffset) === 0)
    inside.setEnd(range.endContainer, range.endOffset);
  return inside;
}

// Where a selection begins and ends, counted in letters of the text.
function span(range) {
  const before = document.createRange();
  before.setStart(read, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return [start, start + range.toString().length];
}

function wordsIn(range) {
  const [start, end] = span(range);
  let place = 0;
  const inside = new Set();
  for (const node of read.childNodes) {
    const next = place + node.textContent.length;
    if (place < end && next > start) inside.add(node);
    place = next;
  }
  return words.filter((word) => inside.has(word));
}

const cutting = {
  ArrowLeft: (event) => choose((current < 0 ? words.length : current) - 1, event.shiftKey),
  ArrowRight: (event) => choose(current + 1, event.shiftKey),
  m: toNextMark,
  b: () => toggle(chosen()),
  t: () => toggle(marked),
};

function onKey(event) {
  const isArrow = event.key.startsWith("Arrow");
  const cutOrChoose = cutting[isArrow ? event.key : event.key.toLowerCase()];
  if (!cutOrChoose || !isFor(event) || (event.repeat && !isArrow)) return;
  cutOrChoose(event);
  event.preventDefault();
}

if (field) {
  read.classList.add("can-be-cut");
  const writing = document.querySelector(".writing");
  writing.open = isWritten() || writing.querySelector(".errors") !== null;
  field.addEventListener("input", show);
  restart.addEventListener("click", startAgain);
  read.addEventListener("click", (event) => {
    const selection = getSelection();
    if (event.detail > 1) selection.removeAllRanges(); // the first click of two did it
    else if (!dragged) toggle(words.filter((word) => word === event.target));
  });
  document.addEventListener("mousedown", () => (dragged = false));
  // What was selected before would be dragged away rather than words chosen.
  read.addEventListener("mousedown", (event) => event.shiftKey || getSelection().removeAllRanges());
  document.addEventListener("keydown", onKey);
  document.addEventListener("mouseup", (event) => {
    const selection = getSelection();
    if (!selection.isCollapsed) keepToLine(selection, event);
    const range = event.button || event.detail > 1 ? null : selected(selection);
    if (!range) return;
    dragged = true;
    toggle(wordsIn(range));
    selection.removeAllRanges();
  });
}

function isFilled(section) {
  const fields = section?.querySelectorAll("select, input[type=text]") ?? [];
  return [...fields].some((each) => each.value.trim());
}

// Another form: deciding would leave what is filled in there behind.
form.addEventListener("submit", (event) => {
  if (!isFilled(counting)) return;
  event.preventDefault();
  say("«\u00a0Compter comme\u00a0» est rempli\u00a0: validez-le d’abord, ou videz-le.");
});

form.addEventListener("in-vain", (event) => {
  const why = {
    publish: "Des mots sont retirés\u00a0: E publie ce qui reste, R repart du texte entier.",
    redact: "Rien n’est retiré\u00a0: P publie ce texte.",
  };
  say(why[event.target.value]);
});
show();
