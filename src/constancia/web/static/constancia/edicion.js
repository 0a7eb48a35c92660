/* Pages of editions: says where a preview did not come, puts a name where one writes, goes to the line of a
   fault. Without this file every button, link and form works all the same. */
"use strict";
(() => {
  const text = document.getElementById("texto");

  function failed(event) {
    const place = event.detail.target?.closest("[data-failed]");
    if (!place) return;
    const said = document.createElement("p");
    said.className = "alert error";
    said.setAttribute("role", "alert");
    said.textContent = place.dataset.failed;
    place.replaceChildren(said);
  }
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
    document.body.addEventListener(name, failed);

  if (!text) return;
  let written = false;  // before anybody was in it, the caret stands at its very beginning
  text.addEventListener("focus", () => { written = true; });

  document.body.addEventListener("htmx:load", (event) => {  // names become buttons once there is where to put them
    for (const code of event.detail.elt.querySelectorAll?.("code[data-insert]") ?? []) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link name";
      button.dataset.insert = code.dataset.insert;
      button.append(code.cloneNode(true));
      code.replaceWith(button);
    }
  });
  document.body.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-insert]");
    if (!button) return;
    if (!written) text.setSelectionRange(text.value.length, text.value.length);
    text.focus();
    text.setRangeText(`{{ ${button.dataset.insert} }}`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  const line = Number(new URLSearchParams(location.search).get("linea"));
  if (line > 0) {
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    text.scrollTop = Math.max(0, text.scrollHeight * ((line - 4) / lines.length));
  }
})();
