// Carries a long need past the sign-in, in the visitor's own browser and this tab alone. The server gets it when the one
// who wrote it has signed in and asks to save it. Without scripts the page says that the text must be pasted in again.
const PLACE = "rv-need";
const LONGEST = 2 * 60 * 60 * 1000; // ms a text waits for its writer
const ON_THE_WAY = "/konto/"; // signing in, however many steps it takes

/** The tab's own memory, or nothing where the browser refuses it. */
function memory() {
  try {
    window.sessionStorage.setItem(`${PLACE}-try`, "1");
    window.sessionStorage.removeItem(`${PLACE}-try`);
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** Keep what the form holds, except the secret that the server put in it. */
function keep(kept, form) {
  const fields = [...new FormData(form)].filter(([name, value]) => value && name !== "csrfmiddlewaretoken");
  kept.setItem(PLACE, JSON.stringify({ at: Date.now(), fields }));
}

/** Send what was kept as the form that asks for a title: the server fills it in as for somebody who was signed in. */
function bring(told, form) {
  const { at, fields } = JSON.parse(told);
  if (Date.now() - at > LONGEST || form.elements.need.value.trim()) return;
  for (const [name, value] of fields) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
}

/**
 * Link or button with data-carry="id of a form": its text goes along, also where a session has run out and the visitor must
 * sign in once more. Form with data-carried: here it is wanted.
 */
export function carryNeed() {
  const kept = memory();
  if (!kept) return;
  const told = kept.getItem(PLACE);
  if (told && !window.location.pathname.includes(ON_THE_WAY)) kept.removeItem(PLACE);
  const wanted = document.querySelector("form[data-carried]");
  if (told && wanted) bring(told, wanted);
  const begins = document.querySelector("[data-carry]");
  if (!begins) return;
  for (const sentence of document.querySelectorAll("[data-carry-said]")) sentence.hidden = !sentence.hidden;
  begins.addEventListener("click", () => keep(kept, document.getElementById(begins.dataset.carry)));
}
