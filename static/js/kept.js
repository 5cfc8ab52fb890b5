// Answers not yet acknowledged by the server, kept on this device and erased once they are.

const PREFIX = "conumm:";

function place(respondent, section) {
  return `${PREFIX}${respondent}:${section}`;
}

export function kept(respondent, section) {
  try {
    return JSON.parse(localStorage.getItem(place(respondent, section))) ?? {};
  } catch {
    return {};
  }
}

function store(respondent, section, answers) {
  try {
    if (Object.keys(answers).length) {
      localStorage.setItem(place(respondent, section), JSON.stringify(answers));
    } else localStorage.removeItem(place(respondent, section));
  } catch {
    // A full or forbidden store loses nothing: the page still holds the answers and sends them.
  }
}

export function keep(respondent, section, question) {
  const fields = [...question.querySelectorAll("[name]:not([type=hidden])")].filter(
    (field) => (field.type !== "checkbox" && field.type !== "radio") || field.checked,
  );
  const values = fields.map((field) => [field.name, field.value]);
  store(respondent, section, { ...kept(respondent, section), [question.dataset.question]: values });
}

export function release(respondent, section, code) {
  const { [code]: _, ...others } = kept(respondent, section);
  store(respondent, section, others);
}

export function forget() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
}
