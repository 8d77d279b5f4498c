// Small comforts on top of pages that already work without any script.
import "@digdir/designsystemet-web/ds-field";
import "@digdir/designsystemet-web/ds-error-summary";
import { carryNeed } from "./carry.js";
import "./write.js";

/** Fold the language choice when the reader clicks elsewhere or presses Escape. */
function foldMenus() {
  const close = (except) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

/** Mark the part being read in the list of contents. */
function followReading() {
  const links = new Map();
  for (const link of document.querySelectorAll(".rv-contents a[href^='#']")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) links.set(part, link);
  }
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(target).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-15% 0px -70% 0px" });
  for (const part of links.keys()) watcher.observe(part);
}

/** Buttons with data-print or data-copy="text"; styles hide them where there are no scripts. */
function enableButtons() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-print], [data-copy]");
    if (!button) return;
    if ("print" in button.dataset) return window.print();
    await navigator.clipboard.writeText(button.dataset.copy || window.location.href);
    const said = button.querySelector("[data-copied]");
    if (said) said.hidden = false;
  });
}

/** Choosing an order of the hits sends the form at once; without scripts a button does it, which styles hide elsewhere. */
function sendOnChange() {
  document.addEventListener("change", (event) => {
    if (event.target.matches?.("select[data-send]")) event.target.form.requestSubmit();
  });
}

foldMenus();
followReading();
enableButtons();
sendOnChange();
carryNeed();
