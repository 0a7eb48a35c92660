/* Passkeys: a form with `data-ceremony` asks the browser for a passkey and sends what it answers. Without this
   file, or where the browser has none, the form stays hidden and a code is typed instead. */
"use strict";
(() => {
  const able = window.PublicKeyCredential && navigator.credentials && !/^[\d.]+$|^\[/.test(location.hostname);
  for (const said of document.querySelectorAll("[data-no-keys]")) said.hidden = Boolean(able);
  for (const form of document.querySelectorAll("form[data-ceremony]")) {
    form.hidden = !able;
    if (able) prepare(form);
  }

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }
  function text(buffer) {
    let plain = "";
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function asked(form) {
    const wanted = JSON.parse(form.dataset.options).publicKey;
    wanted.challenge = bytes(wanted.challenge);
    if (wanted.user) wanted.user.id = bytes(wanted.user.id);
    for (const list of [wanted.allowCredentials, wanted.excludeCredentials])
      for (const one of list ?? []) one.id = bytes(one.id);
    return wanted;
  }
  function answered(made) {
    const response = { clientDataJSON: text(made.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature"])
      if (made.response[part]) response[part] = text(made.response[part]);
    return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} };
  }
  function prepare(form) {
    let asking = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      if (asking) return;  // pressed twice
      asking = true;
      form.querySelector(".refused")?.remove();
      try {
        const made = await navigator.credentials[form.dataset.ceremony]({ publicKey: asked(form) });
        form.elements.answer.value = JSON.stringify(answered(made));
        HTMLFormElement.prototype.submit.call(form);
      } catch {
        const said = document.createElement("p");
        said.className = "alert error refused";
        said.setAttribute("role", "alert");
        said.textContent = form.dataset.failed;
        form.prepend(said);
      } finally { asking = false; }
    });
  }
})();
