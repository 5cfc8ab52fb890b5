// Answers not yet acknowledged by the server, kept on this device and erased once they are.
//
// An entry has the `action` of its section, the `label` of its question, the digest of the answer
// it started from (`shown`) and the `values` of its fields.

const PREFIX = "conumm:";

function place(respondent, section, code) {
  return `${PREFIX}${respondent}:${section}:${code}`;
}

// Whether it is kept: a store may be full or forbidden, and the page then holds the only copy.
export function keep(respondent, section, code, entry) {
  try {
    localStorage.setItem(place(respondent, section, code), JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
}

// All that one person left unsaved: [{ section, code, entry }].
export function kept(respondent) {
  try {
    return Object.keys(localStorage)
      .map((key) => [key, key.slice(PREFIX.length).split(":")])
      .filter(([key, [whose, , code]]) => key.startsWith(PREFIX) && whose === respondent && code)
      .map(([key, [, section, code]]) => ({ section, code, entry: JSON.parse(localStorage[key]) }));
  } catch {
    return [];
  }
}

// Let go of this entry, unless something newer took its place.
export function release(respondent, section, code, entry) {
  try {
    const key = place(respondent, section, code);
    if (localStorage.getItem(key) === JSON.stringify(entry)) localStorage.removeItem(key);
  } catch {
    // Nothing could be kept there.
  }
}

// The marks in the report with it.
export function forget(respondent) {
  for (const { section, code, entry } of kept(respondent)) release(respondent, section, code, entry);
  forgetMarks();
}

// One's own answers that own.js keeps: they are of whoever this device then belonged to, as they
// were then.
export function forgetMarks() {
  try {
    sessionStorage.removeItem(`${PREFIX}own`);
  } catch {
    // Nothing could be kept there.
  }
}
