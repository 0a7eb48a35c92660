/* The page where the entries of a list are decided, by keyboard: focus goes from card to card.
   Without this file every button, link and form of the page works all the same. */
"use strict";
(() => {
  const room = document.getElementById("lectura-lista");
  if (!room) return;
  const letters = document.querySelector("#letras input");  // single keys get in the way of dictation: they can be put away
  const KEPT = "constancia.letras";
  let leaving = null;  // the card that asks for something: its place and its name

  const cards = () => [...room.querySelectorAll("article.entry")];
  const current = () => document.activeElement.closest?.("article.entry");
  const lettersOn = () => !letters || letters.checked;

  function go(card) {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }

  const undecided = (list) => list.find((card) => card.classList.contains("undecided"));

  function next(at) {
    const all = cards();
    return undecided(all.slice(at)) || undecided(all) || all[Math.min(at, all.length - 1)];
  }

  function step(by) {
    const all = cards(), here = all.indexOf(current());
    go(here < 0 ? next(0) : all[Math.max(0, Math.min(all.length - 1, here + by))]);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
    if (event.target.closest("input, select, textarea")) return;
    if (event.key.length === 1 && !lettersOn()) return;
    const card = current(), arrow = card && event.target === card;
    const key = event.key === "s" ? "1" : event.key;
    if (key === "j" || (arrow && key === "ArrowDown")) step(1);
    else if (key === "k" || (arrow && key === "ArrowUp")) step(-1);
    else if (key === "?") { const keys = document.getElementById("teclas"); if (keys) keys.open = !keys.open; }
    else if (card && "123dinu".includes(key)) card.querySelector(`[data-key="${key}"]:enabled`)?.click();
    else return;
    event.preventDefault();
  });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const card = event.detail.elt.closest("article.entry");
    for (const old of room.querySelectorAll(".failed")) old.remove();
    leaving = card ? { at: cards().indexOf(card), id: card.id } : null;
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    if (!leaving) return;  // said once for each part that was swapped
    const { at, id } = leaving, same = document.getElementById(id);
    leaving = null;
    go(same?.classList.contains("undecided") || same?.querySelector("[role=alert]") ? same : next(at));
  });

  function failed(event) {  // nothing is swapped then: without a sentence it would look as if it were kept
    const status = event.detail.xhr?.status || 0;
    const words = !status ? room.dataset.offline : status === 403 ? room.dataset.refused : room.dataset.failed;
    const place = event.detail.elt.closest("article.entry") || room;
    place.querySelector(":scope > .failed")?.remove();
    const said = document.createElement("p");
    said.className = "error failed";
    said.setAttribute("role", "alert");
    said.textContent = words;
    place.append(said);
    said.scrollIntoView({ block: "nearest" });
    leaving = null;
  }
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout", "htmx:sendAbort"])
    document.body.addEventListener(name, failed);

  if (letters) {
    try { letters.checked = localStorage.getItem(KEPT) !== "no"; } catch { /* nothing is kept here */ }
    letters.closest("[hidden]").hidden = false;
    letters.addEventListener("change", () => {
      try { localStorage.setItem(KEPT, letters.checked ? "si" : "no"); } catch { /* for this page only */ }
    });
  }
  addEventListener("load", () => { if (location.hash === "#entradas") go(next(0)); });
})();
