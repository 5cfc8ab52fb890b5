// Marks one's own answers in the report, on this device alone. The page is the same for all: this
// asks for the answers with the cookie of the questionnaire, keeps what the marks take until the
// tab is closed, and sends nothing anywhere. No code of a personal link comes here.

const KEY = "conumm:own";
const HERE = "#mes-reponses";
const aside = document.querySelector(".own");
const bar = aside.querySelector(".own-bar");
const MARKED = "Vos réponses sont marquées sur cet appareil seulement.";
const NOTHING = "Vous n’avez encore répondu à aucune question de cette page\u00a0: rien n’est marqué.";
const UNKNOWN =
  "Cet appareil ne sait pas quelles réponses sont les vôtres\u00a0: rien n’est marqué. " +
  "Rouvrez votre lien personnel\u202f; s’il ne mène plus à rien, vos réponses ont été effacées.";
const UNREAD = "Vos réponses n’ont pas pu être lues\u00a0: rien n’est marqué.";

// What is marked now; the store may be forbidden.
let shown = null;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function keep(own) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(own));
  } catch {
    // They are marked until the page is left.
  }
}

function forget() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
  unmark();
  shown = null;
  bar.hidden = true;
}

async function ask() {
  let answer;
  try {
    answer = await fetch(aside.dataset.answers, {
      headers: { "X-Requested-With": "fetch" },
      cache: "no-store",
    });
    if (answer.status === 401) return refused();
    if (!answer.ok) throw new Error(answer.status);
    const { number, answers } = await answer.json();
    const own = { number, answers: answers.filter(isShown).map(needed) };
    keep(own);
    show(own);
  } catch {
    say(UNREAD, button("Réessayer", ask), button("Fermer", forget));
  }
}

function refused() {
  forget();
  const link = document.createElement("a");
  link.className = "plain";
  link.href = aside.dataset.resume;
  link.textContent = "Rouvrir mon lien";
  say(UNKNOWN, link, button("Fermer", forget));
}

function isShown({ asked, answer }) {
  return asked && !answer.not_concerned;
}

// Texts are not kept: one's own are known by their number.
function needed({ code, kind, answer, in_words: words }) {
  const isText = typeof answer === "string" && ["short_text", "long_text", "url"].includes(kind);
  return isText ? { code, kind } : { code, kind, answer, words };
}

function show(own) {
  unmark();
  shown = own;
  const marked = own.answers.filter(markAnswer).length + markTexts(own.number);
  say(marked ? MARKED : NOTHING, button("Ne plus les marquer", forget));
}

function markAnswer({ code, kind, answer, words }) {
  const block = document.getElementById(code);
  if (!words || !block?.matches(".block")) return false;
  const said = document.createElement("p");
  said.className = "own-line own-added";
  said.textContent = `Votre réponse\u00a0: ${words.replaceAll(" ; ", "\u202f; ")}`;
  block.querySelector(".sentence").after(said);
  const rows = [...block.querySelectorAll(".figures tr[data-key]")];
  keysOf(answer).forEach((key, place) => {
    const row = rows.find((each) => isOf(each.dataset.key, key));
    if (row) markRow(row, kind === "ranking" ? `votre n°${place + 1}` : "votre réponse");
  });
  return true;
}

function keysOf(answer) {
  const given = Array.isArray(answer) ? answer : [answer];
  return given.map((each) => each.choice ?? each);
}

// « 20..30 » holds 20 and not 30; « 60.. » is open.
function isOf(key, answer) {
  if (typeof answer === "string") return key === answer;
  const [low, high] = key.split("..");
  return Number(low) <= answer && (high === "" || answer < Number(high));
}

function markRow(row, words) {
  row.classList.add("own-row");
  row.cells[0].append(" ", label(words));
}

// Texts bear the number of who wrote them; more come when the next ones are asked for.
function markTexts(number) {
  let marked = 0;
  for (const text of document.querySelectorAll(".quotes > li:not(.own-row)")) {
    if (Number(/\d+/.exec(text.querySelector(".number").textContent)) !== number) continue;
    text.classList.add("own-row");
    text.querySelector("blockquote").prepend(label("votre texte"));
    marked += 1;
  }
  return marked;
}

function label(words) {
  const mark = document.createElement("span");
  mark.className = "own-mark own-added";
  mark.textContent = words;
  return mark;
}

function unmark() {
  for (const added of document.querySelectorAll(".own-added")) added.remove();
  for (const row of document.querySelectorAll(".own-row")) row.classList.remove("own-row");
}

function button(words, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = words;
  made.addEventListener("click", action);
  return made;
}

function say(words, ...moves) {
  bar.hidden = false;
  bar.querySelector("[role=status]").textContent = words;
  bar.querySelector(".own-moves").replaceChildren(...moves);
}

function arrive() {
  if (location.hash === HERE) {
    history.replaceState(history.state, "", location.pathname + location.search);
    ask();
    return;
  }
  const own = kept();
  if (own) show(own);
}

new MutationObserver(() => {
  if (shown) markTexts(shown.number);
}).observe(document.getElementById("contenu"), { childList: true, subtree: true });
addEventListener("hashchange", arrive);
addEventListener("pageshow", (event) => {
  if (event.persisted && !kept()) forget();
});
arrive();
