/* Two people beside each other, judged by keyboard: a letter chooses the verdict and goes to the reason, Enter
   records. Without this file every button, link and form of the page works all the same. */
"use strict";
(() => {
  const room = document.getElementById("decidir");
  if (!room) return;
  const VERDICTS = { m: "same", d: "different", n: "unsure" };
  const letters = document.querySelector("#letras input");  // single keys get in the way of dictation: they can be put away
  const KEPT = "constancia.letras";

  const cards = () => [...room.querySelectorAll("article.couple")];
  const current = () => document.activeElement.closest?.("article.couple");

  function go(card) {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = cards(), here = all.indexOf(current());
    go(all[here < 0 ? 0 : Math.max(0, Math.min(all.length - 1, here + by))]);
  }

  function choose(card, verdict) {
    const radio = card?.querySelector(`input[name=verdict][value=${verdict}]`);
    if (!radio) return;  // "the same" is not offered where a judgement speaks against it
    radio.checked = true;
    card.querySelector("input[name=reason]").focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && typing) return go(current());
    if (typing || event.key.length !== 1 || (letters && !letters.checked)) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key in VERDICTS) choose(current(), VERDICTS[event.key]);
    else if (event.key === "z") document.querySelector("[data-key=z]")?.click();
    else if (event.key === "?") { const keys = document.getElementById("teclas"); if (keys) keys.open = !keys.open; }
    else return;
    event.preventDefault();
  });

  if (letters) {
    try { letters.checked = localStorage.getItem(KEPT) !== "no"; } catch { /* nothing is kept here */ }
    letters.closest("[hidden]").hidden = false;
    letters.addEventListener("change", () => {
      try { localStorage.setItem(KEPT, letters.checked ? "si" : "no"); } catch { /* for this page only */ }
    });
  }

  addEventListener("load", () => {  // not before: going to the address's fragment takes the focus away
    const refused = room.querySelector("[aria-invalid=true]");
    if (refused) refused.focus();
    else if (location.hash === "#decidir") go(cards()[0]);
  });
})();
