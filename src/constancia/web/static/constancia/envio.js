/* A long text is not sent into a session that has ended: it would be lost. The page is asked for first; it brings
   a form that still counts after signing in again in another tab. Nothing is kept on the device. */
"use strict";
(() => {
  const form = document.getElementById("papel");
  if (!form) return;
  let sending = false, asking = false;

  function refuse() {
    form.querySelector(".ended")?.remove();
    const said = document.createElement("p"), link = document.createElement("a");
    said.className = "alert error ended";
    said.setAttribute("role", "alert");
    said.textContent = form.dataset.ended + " ";
    link.href = form.dataset.address;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = form.dataset.enter;
    said.append(link);
    form.prepend(said);
    said.scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("submit", async (event) => {
    if (sending) return;
    event.preventDefault();
    if (asking) return;  // pressed twice
    asking = true;
    let page = null;
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect") return refuse();
      if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { /* the server does not answer: the browser itself says so when it sends */ } finally { asking = false; }
    const fresh = page?.querySelector("#papel input[name=csrfmiddlewaretoken]");
    if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
    sending = true;
    HTMLFormElement.prototype.submit.call(form);
  });
  addEventListener("pageshow", () => { sending = false; });
})();
