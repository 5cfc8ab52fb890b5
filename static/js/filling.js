// The pages on which a questionnaire is filled in. Without this every page is a plain form.

import { steerChoices } from "./choices.js";
import { steerMarks } from "./concern.js";
import { followConditions } from "./conditions.js";
import { forget, forgetMarks, kept } from "./kept.js";
import { copyLinks, resumeFromAddress } from "./link.js";
import { steerRankings } from "./ranking.js";
import { startSaving } from "./saving.js";
import { sendUnsent } from "./unsent.js";

const form = document.querySelector("form.section");
const questions = new Map(
  [...document.querySelectorAll("[data-question]")].map((each) => [each.dataset.question, each]),
);

document.documentElement.classList.add("has-script");
copyLinks();
// They are taken anew by the link to the report. Entering for others changes nobody's own.
if (!document.querySelector(".entry")) forgetMarks();
resumeFromAddress();
if (form) {
  steerMarks(form); // First: what it changes is what the others read.
  steerChoices(form);
  steerRankings(form);
  followConditions(form, questions);
  startSaving(form, questions); // Last: it sends what the others made of the page.
  if (!location.hash) form.querySelector("[autofocus]")?.focus(); // Lost where rows were moved.
}

const notice = document.querySelector("[data-unsent]");
if (notice) sendUnsent(notice, form?.dataset.section, questions);

for (const each of document.querySelectorAll("[data-leave]")) {
  each.addEventListener("submit", (event) => {
    const { leave } = each.dataset;
    const words =
      "Des réponses écrites sur cet appareil ne sont pas enregistrées. Les perdre et quitter\u202f?";
    if (kept(leave).length && !confirm(words)) event.preventDefault();
    else forget(leave);
  });
}
for (const each of document.querySelectorAll("[data-forget]")) {
  each.addEventListener("submit", () => forget(each.dataset.forget));
}
