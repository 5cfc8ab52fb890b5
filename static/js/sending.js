// Posting answers to the page of their section.

// `answers`: [[code, { shown, values }]]. Gives what the server `saved`, or why it did not:
// offline, server, closed, unknown (the person), signedOut (who enters for them), refused (the form).
export async function post(action, token, answers, options = {}) {
  try {
    const response = await fetch(action, {
      method: "POST",
      body: bodyOf(token, answers),
      headers: { "X-Requested-With": "fetch" },
      ...options,
    });
    return response.ok ? { saved: await response.json() } : { failure: await failureOf(response) };
  } catch (error) {
    return { failure: error instanceof TypeError ? "offline" : "server" };
  }
}

function bodyOf(token, answers) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token);
  for (const [code, { shown, values }] of answers) {
    body.set(`shown__${code}`, shown);
    for (const [name, value] of values) body.append(name, value);
  }
  return body;
}

async function failureOf(response) {
  if (response.status !== 401 && response.status !== 403) return "server";
  const said = await response.json().catch(() => ({}));
  if (response.status === 401) return said.sign_in ? "signedOut" : "unknown";
  return said.closed ? "closed" : "refused";
}

function lockOf(respondent, section) {
  return `conumm:${respondent}:${section}`;
}

// An open section page sends its own answers: no other page of this browser does, meanwhile.
export function hold(respondent, section) {
  navigator.locks?.request(lockOf(respondent, section), () => new Promise(() => {}));
}

export function unlessHeld(respondent, section, work) {
  const name = lockOf(respondent, section);
  const attempt = (lock) => (lock ? work() : { failure: "elsewhere" });
  return navigator.locks?.request(name, { ifAvailable: true }, attempt) ?? work();
}
