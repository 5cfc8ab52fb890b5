// Saves each answer as it is given, shows and hides questions, resumes by the link. Without it
// every page is a plain form.

import { steerMarks } from "./concern.js";
import { followConditions } from "./conditions.js";
import { forget, keep, kept, release } from "./kept.js";

const DELAY = 800;
const form = document.querySelector("form.section");

document.documentElement.classList.add("has-script");

function copyLinks() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("[data-link]").value);
      button.textContent = "Copié";
    });
  }
}

function resumeFromAddress() {
  const resume = document.querySelector("[data-resume]");
  const code = location.hash.slice(1);
  if (!resume || !code) return;
  history.replaceState(null, "", location.pathname);
  resume.elements.code.value = code;
  resume.requestSubmit();
}

function startSaving() {
  const questions = new Map(
    [...form.querySelectorAll("[data-question]")].map((each) => [each.dataset.question, each]),
  );
  const state = form.querySelector("[data-state]");
  const dirty = new Set();
  const respondent = form.dataset.respondent;
  let timer;
  let saving = null;
  let failures = 0;

  const say = (words, unsaved = false) => {
    state.textContent = words;
    state.classList.toggle("unsaved", unsaved);
  };

  function changed(event) {
    const question = event.target.closest("[data-question]");
    if (!question || !event.target.name) return;
    dirty.add(question.dataset.question);
    keep(respondent, form.dataset.section, question);
    say("modifications non enregistrées", true);
    clearTimeout(timer);
    timer = setTimeout(save, event.type === "change" ? 50 : DELAY);
  }

  function body(codes) {
    const all = new FormData();
    all.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const code of codes) {
      for (const field of questions.get(code).querySelectorAll("[name]")) {
        const unticked = (field.type === "checkbox" || field.type === "radio") && !field.checked;
        if (!unticked) all.append(field.name, field.value);
      }
    }
    return all;
  }

  function send(codes, options = {}) {
    return fetch(form.action, {
      method: "POST",
      body: body(codes),
      headers: { "X-Requested-With": "fetch" },
      ...options,
    });
  }

  // One request at a time; what changes meanwhile goes with the next.
  function save() {
    clearTimeout(timer);
    if (saving) return saving.then(() => (dirty.size ? save() : true));
    if (!dirty.size) return Promise.resolve(true);
    saving = attempt([...dirty]).finally(() => {
      saving = null;
    });
    return saving;
  }

  async function attempt(codes) {
    codes.forEach((code) => dirty.delete(code));
    say("enregistrement…");
    try {
      const answer = await send(codes);
      if (answer.status === 401 || answer.status === 403) return refused(answer, codes);
      if (!answer.ok) throw new Error(answer.status);
      failures = 0;
      return acknowledged(await answer.json(), codes);
    } catch {
      codes.forEach((code) => dirty.add(code));
      failures += 1;
      say("hors connexion : vos réponses sont gardées sur cet appareil", true);
      timer = setTimeout(save, Math.min(60000, 2000 * 2 ** failures));
      return false;
    }
  }

  function acknowledged(saved, codes) {
    const refused = { ...saved.errors, ...saved.conflicts };
    for (const code of codes) {
      const question = questions.get(code);
      show(question, saved.errors[code] ?? [], saved.conflicts[code]);
      if (saved.errors[code]) continue;
      question.querySelector(`[name="shown__${code}"]`).value = saved.shown[code];
      if (!(code in refused) && !dirty.has(code)) release(respondent, form.dataset.section, code);
    }
    const minutes = document.querySelector("[data-minutes]");
    if (minutes) minutes.textContent = saved.minutes_left;
    if (Object.keys(refused).length) say("une réponse est à revoir", true);
    else say(dirty.size ? "modifications non enregistrées" : saved.saved_label, dirty.size > 0);
    return !Object.keys(refused).length;
  }

  function refused(answer, codes) {
    codes.forEach((code) => dirty.add(code));
    const words = {
      401: "rouvrez votre lien personnel : vos réponses sont gardées sur cet appareil",
      403: "refusé : rechargez la page, vos réponses sont gardées sur cet appareil",
    };
    say(words[answer.status], true);
    return false;
  }

  function show(question, errors, elsewhere) {
    question.classList.toggle("wrong", errors.length > 0 || elsewhere !== undefined);
    const place = question.querySelector(".error");
    place.replaceChildren(...errors.map(paragraph));
    const other = question.querySelector(".elsewhere");
    other.replaceChildren();
    if (elsewhere === undefined) return;
    const code = question.dataset.question;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = "Reprendre la réponse enregistrée ailleurs";
    button.addEventListener("click", () => {
      release(respondent, form.dataset.section, code);
      dirty.delete(code);
      save().then(() => location.reload());
    });
    other.append(
      paragraph(
        `Cette réponse a changé ailleurs entre-temps. Elle est maintenant\u00a0: «\u00a0${elsewhere}\u00a0». ` +
          "La vôtre, ci-dessous, la remplacera si vous continuez.",
      ),
      button,
    );
    dirty.add(code);
  }

  function restore() {
    for (const [code, values] of Object.entries(kept(respondent, form.dataset.section))) {
      const question = questions.get(code);
      if (!question) continue;
      for (const field of question.querySelectorAll("[name]:not([type=hidden])")) {
        const given = values.filter(([name]) => name === field.name).map(([, value]) => value);
        if (field.type === "checkbox" || field.type === "radio") {
          field.checked = given.includes(field.value);
        } else if (given.length) [field.value] = given;
      }
      dirty.add(code);
    }
    if (dirty.size) save();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", () => dirty.size && save());
  addEventListener("online", save);
  addEventListener("pagehide", () => {
    if (dirty.size) send([...dirty], { keepalive: true }).catch(() => {});
  });
  addEventListener("beforeunload", (event) => {
    if (dirty.size) event.preventDefault();
  });
  form.addEventListener("submit", async (event) => {
    if (!dirty.size && !saving) return;
    event.preventDefault();
    if (await save()) form.requestSubmit();
    else form.querySelector(".question.wrong")?.scrollIntoView();
  });
  restore();
  followConditions(form, questions);
}

function paragraph(words) {
  const element = document.createElement("p");
  element.textContent = words;
  return element;
}

function steerChoices() {
  form.addEventListener("change", ({ target }) => {
    const question = target.closest("[data-question]");
    if (!question) return;
    if (target.type === "checkbox" && target.checked && !target.name.includes("__")) {
      for (const other of question.querySelectorAll("input[type=checkbox]:checked")) {
        const apart = target.hasAttribute("data-exclusive") || other.hasAttribute("data-exclusive");
        if (other !== target && apart) other.checked = false;
      }
    }
    if (question.dataset.kind === "ranking") markRanks(question);
  });
  for (const question of form.querySelectorAll("[data-kind=ranking]")) markRanks(question);
}

// A rank that is taken says by what; it can be taken back by giving that one another.
function markRanks(question) {
  const selects = [...question.querySelectorAll("select")];
  const taken = new Map(selects.filter((s) => s.value).map((s) => [s.value, s]));
  for (const select of selects) {
    select.closest("li").classList.toggle("ranked", select.value !== "");
    for (const option of select.options) {
      const holder = taken.get(option.value);
      const elsewhere = option.value && holder && holder !== select;
      option.disabled = Boolean(elsewhere);
      const name = `Public n°${option.value}`;
      if (option.value) option.textContent = elsewhere ? `${name} (déjà : ${holder.labels[0].textContent})` : name;
    }
  }
}

copyLinks();
resumeFromAddress();
for (const each of document.querySelectorAll("[data-forget]")) each.addEventListener("submit", forget);
if (form) {
  steerMarks(form); // First: what it changes is what the others read.
  steerChoices();
  startSaving();
}
