// Saves each answer as it is given. An answer is kept on this device until the server has it, and
// « enregistré » is said of what the server has, and of nothing else.

import { isAsServed, read, shownOf, write } from "./fields.js";
import { keep, kept, release } from "./kept.js";
import { showProgress } from "./progress.js";
import { endConflict, freeze, goTo, showConflict, showErrors } from "./reviewing.js";
import { hold, post } from "./sending.js";

const DELAY = 800;
const LONGEST_DELAY = 60000;
const FAILURES = {
  offline: "hors connexion",
  server: "le serveur a un problème",
  unknown: "rouvrez votre lien personnel",
  signedOut: "reconnectez-vous à l’administration dans un autre onglet",
  refused: "refusé, rechargez la page",
};
const GONE = "Cette question n’est plus posée\u00a0: rechargez la page.";

export function startSaving(form, questions) {
  const { respondent, section } = form.dataset;
  const state = form.querySelector("[data-state]");
  const dirty = new Set(); // To be sent.
  const refused = new Set(); // Sent, and wrong until they change.
  const conflicts = new Set(); // Changed elsewhere: not sent before the person has chosen.
  let flying = [];
  let timer;
  let saving = null;
  let failures = 0;
  let trouble = "";
  let savedLabel = state.dataset.saved;
  let isKept = true;
  let isClosed = false;

  function say(words, unsaved = false) {
    state.textContent = words;
    state.classList.toggle("unsaved", unsaved);
  }

  // What is not asked, and hidden, waits for nobody.
  function toReview() {
    const waits = ([code, question]) => !question.hidden && (refused.has(code) || conflicts.has(code));
    return [...questions].filter(waits).map(([, question]) => question);
  }

  function tell() {
    const left = toReview().length;
    const where = isKept ? "sur cet appareil" : "dans cette page, ne la fermez pas";
    if (isClosed) say("questionnaire clos", true);
    else if (flying.length && !dirty.size) say("enregistrement…");
    else if (trouble) say(`${trouble}\u00a0: vos réponses sont gardées ${where}`, true);
    else if (dirty.size) say("modifications non enregistrées", true);
    else if (left) say(`enregistré, sauf ${left} réponse${left > 1 ? "s" : ""} à revoir`, true);
    else say(savedLabel);
  }

  function entryOf(code) {
    const question = questions.get(code);
    return {
      action: form.getAttribute("action"),
      label: question.querySelector("legend").textContent,
      shown: shownOf(question).value,
      values: read(question),
    };
  }

  function touch(code) {
    isKept = keep(respondent, section, code, entryOf(code));
    if (!conflicts.has(code)) dirty.add(code);
    tell();
  }

  function changed({ target, type }) {
    const question = target.closest("[data-question]");
    if (isClosed || !question || !target.name) return;
    touch(question.dataset.question);
    clearTimeout(timer);
    timer = setTimeout(save, type === "change" ? 50 : DELAY);
  }

  // One request at a time; what changes meanwhile goes with the next. True once all was received.
  function save() {
    clearTimeout(timer);
    if (saving) return saving.then((received) => (received ? save() : false));
    if (isClosed || !dirty.size) return Promise.resolve(!isClosed);
    saving = attempt().finally(() => {
      saving = null;
    });
    return saving;
  }

  function send(sent, options) {
    return post(form.action, form.elements.csrfmiddlewaretoken.value, sent, options);
  }

  async function attempt() {
    flying = [...dirty].map((code) => [code, entryOf(code)]);
    dirty.clear();
    tell();
    const { saved, failure } = await send(flying);
    const sent = flying;
    flying = [];
    if (saved) acknowledge(saved, sent);
    else fail(failure, sent);
    tell();
    return Boolean(saved);
  }

  function acknowledge(saved, sent) {
    failures = 0;
    trouble = "";
    savedLabel = saved.saved_label;
    for (const [code, entry] of sent) {
      const errors = saved.errors[code] ?? (code in saved.shown ? [] : [GONE]);
      showErrors(questions.get(code), errors);
      refused.delete(code);
      if (errors.length) refused.add(code);
      else if (code in saved.conflicts) clash(code, saved.conflicts[code], saved.shown[code]);
      else settle(code, entry, saved.shown[code]);
    }
    showProgress(saved);
  }

  function settle(code, entry, shown) {
    shownOf(questions.get(code)).value = shown;
    if (dirty.has(code)) touch(code); // Typed on meanwhile: that goes on from what is saved now.
    else release(respondent, section, code, entry);
  }

  function fail(failure, sent) {
    for (const [code] of sent) dirty.add(code);
    if (failure === "closed") return close();
    trouble = FAILURES[failure];
    if (failure !== "offline" && failure !== "server") return;
    failures += 1;
    timer = setTimeout(save, Math.min(LONGEST_DELAY, 2000 * 2 ** failures));
  }

  function clash(code, saved, digest) {
    const mine = () => {
      conflicts.delete(code);
      endConflict(questions.get(code));
      shownOf(questions.get(code)).value = digest;
      touch(code);
      save();
    };
    conflicts.add(code);
    dirty.delete(code);
    showConflict(questions.get(code), saved, { mine, theirs: () => takeTheirs(code) });
  }

  async function takeTheirs(code) {
    const question = questions.get(code);
    const page = await freshPage();
    if (!page) return tell();
    const theirs = page.querySelector(`[data-question="${code}"]`);
    if (!theirs) return location.reload(); // Not asked any more, for another answer's sake.
    release(respondent, section, code, entryOf(code));
    write(question, read(theirs));
    shownOf(question).value = shownOf(theirs).value;
    conflicts.delete(code);
    endConflict(question);
    tell();
  }

  async function freshPage() {
    try {
      const response = await fetch(form.action);
      trouble = response.ok ? "" : FAILURES.server;
      return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    } catch {
      trouble = FAILURES.offline;
      return null;
    }
  }

  // Nothing is sent any more, and nothing is asked of whoever leaves the page.
  function close() {
    const lost = [...dirty, ...refused, ...conflicts].map((code) => questions.get(code));
    isClosed = true;
    clearTimeout(timer);
    for (const codes of [dirty, refused, conflicts]) codes.clear();
    freeze(form, lost);
  }

  // What this device kept goes on from the answer it started from: if that one has changed
  // elsewhere since, the server says so.
  function restore() {
    const mine = kept(respondent).filter((each) => each.section === section);
    for (const { code, entry } of mine) {
      const question = questions.get(code);
      if (!question) continue;
      write(question, entry.values);
      shownOf(question).value = entry.shown;
      dirty.add(code);
    }
    for (const [code, question] of questions) {
      if (!dirty.has(code) && !isAsServed(question)) touch(code);
    }
  }

  // A page may come back with errors, or with answers that changed elsewhere.
  function takeUp() {
    for (const [code, question] of questions) {
      const { saved } = question.querySelector(".elsewhere").dataset;
      if (question.querySelector(".error").childElementCount) refused.add(code);
      if (saved === undefined) continue;
      clash(code, saved, shownOf(question).value);
      shownOf(question).value = ""; // The person has not chosen yet what to go on from.
    }
  }

  async function submit(event) {
    if (!saving && !dirty.size && !refused.size && !conflicts.size && !isClosed) return;
    event.preventDefault();
    for (const code of refused) dirty.add(code); // The rules may have changed since.
    if (!(await save())) return;
    const [first] = toReview();
    if (first) goTo(first);
    else form.submit();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", save);
  form.addEventListener("submit", submit);
  addEventListener("online", save);
  addEventListener("pagehide", () => {
    const left = [...flying, ...[...dirty].map((code) => [code, entryOf(code)])];
    if (left.length) send(left, { keepalive: true });
  });
  addEventListener("beforeunload", (event) => {
    if (dirty.size) event.preventDefault();
  });
  hold(respondent, section);
  takeUp();
  restore();
  if (document.querySelector("[data-closed]").hidden) save();
  else close();
  tell();
}
