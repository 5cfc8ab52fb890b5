// What this device holds of other pages and the server does not: sent from here, and as long as
// it cannot be, said, each answer with a link.

import { kept, release } from "./kept.js";
import { post, unlessHeld } from "./sending.js";

const LONGEST_DELAY = 60000;
const WHY = {
  offline: "hors connexion",
  server: "le serveur a un problème",
  unknown: "rouvrez votre lien personnel",
  signedOut: "reconnectez-vous à l’administration",
  refused: "rechargez la page",
  closed: "le questionnaire était déjà clos",
  elsewhere: "ouverte dans un autre onglet",
  wrong: "à revoir",
  conflict: "changée ailleurs entre-temps",
};
const PASSING = ["offline", "server", "elsewhere"];

// `here`: the section of this page, `questions`: those it sees to by itself.
export function sendUnsent(notice, here = "", questions = new Map()) {
  const { respondent } = notice.dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  let sending = null;
  let attempts = 0;
  let isCompleting = false;

  function unsent() {
    return kept(respondent).filter(({ section, code }) => section !== here || !questions.has(code));
  }

  // What is left of them, each with why. Nobody waits for what is not asked any more.
  async function sendAll() {
    const answers = unsent();
    const sections = new Set(answers.map(({ section }) => section));
    const each = [...sections].map((code) => answers.filter(({ section }) => section === code));
    return (await Promise.all(each.map(sendSection))).flat().filter(({ why }) => why);
  }

  async function sendSection(answers) {
    const [{ section, entry }] = answers;
    const pairs = answers.map(({ code, entry: each }) => [code, each]);
    const work = () => post(entry.action, token, pairs);
    const { saved, failure } = await (section === here
      ? work()
      : unlessHeld(respondent, section, work));
    return answers.map((answer) => ({ ...answer, why: failure ?? received(answer, saved) }));
  }

  function received({ section, code, entry }, saved) {
    const isConflict = code in saved.conflicts;
    if (code in saved.shown && !isConflict) release(respondent, section, code, entry);
    else if (saved.asked.includes(code)) return isConflict ? "conflict" : "wrong";
    return "";
  }

  function announce(left) {
    const title = document.createElement("p");
    title.textContent =
      left.length > 1
        ? `${left.length} réponses écrites sur cet appareil ne sont pas enregistrées.`
        : "Une réponse écrite sur cet appareil n’est pas enregistrée.";
    const list = document.createElement("ul");
    list.append(...left.map(item));
    notice.replaceChildren(title, list);
    notice.hidden = !left.length;
  }

  function item({ code, entry, why }) {
    const link = document.createElement("a");
    link.href = `${entry.action}#question-${code}`;
    link.textContent = entry.label;
    const element = document.createElement("li");
    element.append(link, `\u00a0: ${WHY[why]}`);
    return element;
  }

  function send() {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
    return sending;
  }

  // A page that shows what is saved shows it anew once more is.
  async function follow() {
    const before = unsent().length;
    if (!before) return;
    const left = await send();
    if (!here && !isCompleting && unsent().length < before) return location.reload();
    announce(left);
    attempts += 1;
    if (!left.some(({ why }) => PASSING.includes(why))) return;
    setTimeout(follow, Math.min(LONGEST_DELAY, 1000 * 2 ** attempts));
  }

  for (const form of document.querySelectorAll("[data-complete]")) {
    form.addEventListener("submit", async (event) => {
      if (isCompleting || !unsent().length) return;
      event.preventDefault();
      isCompleting = true;
      const left = await send();
      if (!left.length) return form.submit();
      announce(left);
      notice.append("Pour terminer sans elles, appuyez encore une fois sur «\u00a0Terminer\u00a0».");
      notice.focus();
    });
  }
  addEventListener("online", follow);
  follow();
}
