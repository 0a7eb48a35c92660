/* The page where claims are decided, by keyboard: focus goes from card to card and the text goes along.
   Without this file every button, link and form of the page works all the same. */
"use strict";
(() => {
  const text = document.getElementById("texto");
  const room = document.getElementById("lectura");
  if (!text || !room) return;
  let selected = null;  // what is marked in the text: its words and the character at which they begin
  const letters = document.querySelector("#letras input");  // single keys get in the way of dictation: they can be put away
  const KEPT = "constancia.letras";
  function lettersOn() {  // also on a page without the switch
    if (letters) return letters.checked;
    try { return localStorage.getItem(KEPT) !== "no"; } catch { return true; }
  }
  let leaving = null;  // the card that asks for something: its place and its name

  const cards = () => [...room.querySelectorAll("article.claim")];
  const current = () => document.activeElement.closest?.("article.claim");

  function show(card) {
    const number = card.id.slice(1);
    for (const mark of text.querySelectorAll("mark"))
      mark.classList.toggle("now", mark.dataset.c.split(" ").includes(number));
    const mark = text.querySelector("mark.now");
    if (!mark) return;
    const inside = mark.getBoundingClientRect(), frame = text.getBoundingClientRect();
    if (inside.top < frame.top + 24 || inside.bottom > frame.bottom - 24)
      text.scrollTop += inside.top - frame.top - frame.height / 3;
  }

  function go(card) {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    show(card);
  }

  const undecided = (list) => list.find((card) => card.classList.contains("proposed"));

  function next(at) {
    const all = cards();
    return undecided(all.slice(at)) || undecided(all) || all[Math.min(at, all.length - 1)];
  }

  function step(by) {
    const all = cards(), here = all.indexOf(current());
    go(here < 0 ? next(0) : all[Math.max(0, Math.min(all.length - 1, here + by))]);
  }

  function fill(form) {
    if (!selected || !form) return;
    form.elements.quote.value = selected.quote;
    form.elements.start.value = selected.start;
    const number = selected.quote.match(/\d{1,3}(?:[.,\s]\d{3})+|\d+/);
    if (number && !form.elements.value.value) form.elements.value.value = number[0].replace(/\D/g, "");
  }

  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    const line = (range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement).closest("[data-start]");
    if (!line || !text.contains(line)) return;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString(), lead = words.length - words.trimStart().length;
    // Characters are counted as the house counts them: one for each, also beyond the basic plane.
    selected = { quote: words.trim(), start: Number(line.dataset.start) + [...before.toString()].length + lead };
  });
  text.addEventListener("pointerup", () => setTimeout(() => fill(room.querySelector("form.claim-form")), 0));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const card = current();
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && card) return card.querySelector("[data-key=Escape]")?.click();
    if (typing || (event.key.length === 1 && !lettersOn())) return;
    const arrow = card && event.target === card;
    if (event.key === "j" || (arrow && event.key === "ArrowDown")) step(1);
    else if (event.key === "k" || (arrow && event.key === "ArrowUp")) step(-1);
    else if (event.key === "?") { const keys = document.getElementById("teclas"); if (keys) keys.open = !keys.open; }
    else if (event.key === "n") document.getElementById("anadir")?.click();
    else if (card && "cxeu".includes(event.key)) card.querySelector(`[data-key=${event.key}]`)?.click();
    else return;
    event.preventDefault();
  });

  room.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) {
      event.preventDefault();
      event.target.closest("article").remove();
      return go(next(0));
    }
    const mark = event.target.closest("mark");
    if (mark && document.getSelection().isCollapsed) {
      event.preventDefault();
      return go(document.getElementById("c" + mark.dataset.c.split(" ")[0]));
    }
    const card = event.target.closest("article.claim");
    if (card) show(card);
  });
  room.addEventListener("focusin", (event) => {
    const card = event.target.closest("article.claim");
    if (card) show(card);
  });

  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const card = event.detail.elt.closest("article.claim");
    for (const old of room.querySelectorAll(".failed")) old.remove();
    leaving = card ? { at: cards().indexOf(card), id: card.id } : { at: 0, id: "c-nueva" };
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (!leaving) return;  // said once for each part that was swapped
    const { at, id } = leaving, done = event.detail.target.id === "cifras";
    leaving = null;
    const form = document.getElementById(id)?.querySelector("form.claim-form");
    if (form && !done) {
      if (id === "c-nueva") fill(form);
      form.closest("article").scrollIntoView({ block: "start" });
      show(form.closest("article"));
      const first = form.querySelector("[aria-invalid=true]") || form.elements.value;
      first.focus({ preventScroll: true });
      return first.select?.();
    }
    if (id === "c-nueva") document.getElementById(id)?.remove();
    const same = document.getElementById(id);
    go(same?.classList.contains("proposed") ? same : next(at));
  });

  function failed(event) {  // nothing is swapped then: without a sentence it would look as if it were kept
    const status = event.detail.xhr?.status || 0;
    const words = !status ? room.dataset.offline : status === 403 ? room.dataset.refused : room.dataset.failed;
    const place = event.detail.elt.closest("article.claim") || document.getElementById("nueva") || room;
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

  addEventListener("load", () => {  // not before: going to the address's fragment takes the focus away
    const named = document.getElementById(location.hash.slice(1));
    if (named?.matches("article.claim")) go(named);
    else if (named?.id === "decidir") go(next(0));
  });
})();
