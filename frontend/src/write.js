// Saves a guided step while it is being typed. The form works without any of this.
//
// Nothing that was typed is thrown away here: a save that fails is tried again until it succeeds, and the page asks
// before it is left with words that are not saved. The server decides what stands (see web/share/saving.py).
const PAUSE = 1000; // ms without typing before a save
const LONGEST = 8000; // ms a steady typist waits at most
const AGAIN = [2000, 5000, 10000, 30000]; // ms before each new try

class Writing {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-status]");
    this.edits = 0; // how many times something was typed
    this.kept = 0; // how many of those the server has
    this.tries = 0;
    this.sending = null;
    this.halted = false;
    this.leaving = false;
    form.addEventListener("input", (event) => this.typed(event));
    form.addEventListener("change", (event) => this.typed(event));
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.unsaved && this.save());
    window.addEventListener("focus", () => this.unsaved && this.tries && this.save());
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.leaving = false; });
    window.addEventListener("beforeunload", (event) => {
      if (!this.unsaved || this.leaving) return;
      this.save();
      event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.unsaved) this.save();
    });
  }

  get unsaved() { return this.kept < this.edits; }

  typed(event) {
    if (event.target.type === "file" || !event.target.name || event.target.name === "kode") return;
    this.edits += 1;
    this.since ??= Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now())));
  }

  /** Return what is typed now, with the clock that lets the server tell late saves from new ones. */
  typedNow() {
    const clock = this.form.elements.namedItem("clock");
    clock.value = String(Math.max(Date.now(), Number(clock.value) + 1));
    const data = new FormData(this.form);
    data.delete("files");
    return data;
  }

  async save() {
    if (this.sending || this.halted) return this.sending;
    clearTimeout(this.timer);
    this.since = null;
    const sent = this.edits;
    if (!this.tries) this.say(this.form.dataset.saving);
    this.sending = this.send(this.typedNow());
    const outcome = await this.sending;
    this.sending = null;
    if (outcome === "saved") {
      this.kept = sent;
      this.tries = 0;
      if (this.unsaved) this.save();
    } else if (!this.halted) {
      // With a new key it is tried at once, but only once: something else may be wrong.
      const wait = outcome === "renewed" && !this.renewed ? 100 : AGAIN[Math.min(this.tries, AGAIN.length - 1)];
      this.renewed = outcome === "renewed";
      this.timer = setTimeout(() => this.save(), wait);
      this.tries += 1;
    }
    return outcome;
  }

  async send(body) {
    try {
      const answer = await fetch(this.form.action, {
        method: "POST", body, headers: { "X-Lagring": "underveis" }, redirect: "manual", credentials: "same-origin",
      });
      // A redirect is the door asking who this is; 403 that the form's own key is from before signing in.
      if (answer.type === "opaqueredirect") return this.signedOut();
      if (answer.status === 403) return (await this.renewKey()) ? "renewed" : this.signedOut();
      if (answer.status === 400 || answer.status === 413 || answer.status === 404) return this.stop(this.form.dataset.refused);
      return this.heard(answer.status, await answer.json());
    } catch {
      this.say(navigator.onLine ? this.form.dataset.failed : this.form.dataset.offline, "trouble");
      return "failed";
    }
  }

  heard(code, told) {
    const words = this.form.dataset;
    if (told.outcome === "closed") return this.stop(words.closed);
    if (told.outcome === "refused") { this.said = ""; this.say(told.said, "trouble"); return "failed"; }
    if (told.outcome === "conflict") {
      this.kept = this.edits; // both texts are with the server
      return this.stop(words.conflict, [words.conflictWords, this.form.action]);
    }
    if (code !== 200 || told.outcome !== "saved") { this.say(words.failed, "trouble"); return "failed"; }
    this.form.elements.namedItem("version").value = told.version;
    this.say(words.saved.replace("%s", told.at) + (told.theirs ? `. ${told.theirs}` : ""));
    for (const [place, sentence] of Object.entries(told.sentences ?? {})) {
      const shown = this.form.querySelector(`[data-sentence="${CSS.escape(place)}"]`);
      if (shown) shown.textContent = sentence;
    }
    return "saved";
  }

  signedOut() {
    const words = this.form.dataset;
    this.say(words.signedOut, "trouble", [words.signInWords, words.signIn, true]);
    return this.renewKey().then((renewed) => (renewed ? "renewed" : "signed-out"));
  }

  /** Fetch the form's key anew, as it is after signing in again in another tab. False while nobody is signed in. */
  async renewKey() {
    const answer = await fetch(this.form.action, { redirect: "manual", credentials: "same-origin" });
    if (answer.status !== 200) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const key = page.querySelector("#steg input[name=csrfmiddlewaretoken]");
    if (!key) return false;
    this.form.querySelector("input[name=csrfmiddlewaretoken]").value = key.value;
    return true;
  }

  stop(words, link) {
    this.halted = true;
    this.say(words, "trouble", link);
    return "stopped";
  }

  say(words, tone = "", link = null) {
    if (this.said === words) return "failed"; // said once is enough for those who hear the page
    this.said = words;
    this.status.dataset.tone = tone;
    this.status.textContent = words;
    if (link) {
      const [text, address, newTab] = link;
      const anchor = Object.assign(document.createElement("a"), { textContent: text, href: address });
      if (newTab) anchor.target = "_blank";
      this.status.append(". ", anchor);
    }
    return "failed";
  }

  /** A button was pressed. What is typed goes along; but first see that somebody is signed in to take it. */
  async submitted(event) {
    if (this.checked || !(this.sending || this.unsaved)) { this.leaving = true; this.typedNow(); return; }
    event.preventDefault();
    const button = event.submitter;
    if (this.sending) await this.sending;
    if (this.unsaved && !this.halted && (await this.save()) !== "saved" && !this.halted) return;
    this.checked = true;
    this.form.requestSubmit(button);
    this.checked = false;
  }
}

/** Suggest names of organisations while one is typed. */
function suggestNames() {
  let waiting;
  document.addEventListener("input", (event) => {
    const input = event.target;
    if (!input.dataset?.suggest) return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (input.value.trim().length < 2) return;
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`, { redirect: "manual" }).catch(() => null);
      if (!answer?.ok) return;
      const { names } = await answer.json();
      input.list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
    }, 250);
  });
}

for (const form of document.querySelectorAll("form[data-write]")) new Writing(form);
suggestNames();
