// In the page: the form, and a worker that is made of this same script. In the worker: the checking.

const SOURCE = typeof document === "undefined" ? "" : document.currentScript.textContent;

function startWorker() {
  self.onmessage = async ({ data: asked }) => {
    const report = await verify(
      asked,
      (step) => self.postMessage({ step }),
      (number, share) => self.postMessage({ progress: { number, share } }),
    );
    self.postMessage({ report });
  };
}

class Checking {
  // One run of all steps; a new one ends the one before.
  constructor() {
    this.steps = [];
    this.report = null;
    this.worker = null;
    this.run = 0;
  }

  start(asked) {
    this.worker?.terminate();
    [this.steps, this.report] = [[], null];
    this.run += 1;
    element("results").hidden = false;
    element("verdict").replaceChildren();
    element("verdict").className = "";
    showSteps([]);
    const run = this.run;
    const take = (message) => {
      if (run === this.run) this.take(message);
    };
    try {
      const address = URL.createObjectURL(new Blob([SOURCE], { type: "text/javascript" }));
      this.worker = new Worker(address);
      URL.revokeObjectURL(address);
    } catch {
      this.worker = null;
    }
    if (!this.worker) {
      this.here(asked, take);
      return;
    }
    let isHeard = false;
    this.worker.onmessage = ({ data }) => {
      isHeard = true;
      take(data);
    };
    // Some browsers allow a page from a disk no worker: then the page itself checks, and may stand still.
    this.worker.onerror = () => {
      if (!isHeard && run === this.run) this.here(asked, take);
    };
    this.worker.postMessage(asked);
  }

  async here(asked, take) {
    const pause = () => new Promise((resolve) => setTimeout(resolve));
    const onProgress = (number, share) => {
      take({ progress: { number, share } });
      return pause();
    };
    take({ report: await verify(asked, (step) => take({ step }), onProgress) });
  }

  take({ step, progress, report }) {
    if (step) {
      this.steps.push(step);
      element("steps").append(stepItem(step));
    }
    if (progress) {
      const { number, share } = progress;
      element("progress").hidden = false;
      element("bar").value = (number - 1 + share) / ALL_STEPS.length;
      const percent = share > 0 ? Math.round(share * 100) : 0;
      const name = percent ? "working_share" : "working";
      element("progress-words").textContent = filled(wordOf("page", name), { number, of: ALL_STEPS.length, percent });
    }
    if (report) {
      this.report = report;
      element("progress").hidden = true;
      showReport(report);
      element("results-title").focus();
    }
  }

  show() {
    showSteps(this.steps);
    if (this.report) showReport(this.report);
  }
}

function startPage() {
  const checking = new Checking();
  const say = (name) => {
    const line = element("refused");
    line.textContent = name ? wordOf("page", name) : "";
    line.dataset.name = name;
  };
  const bundle = new Choice("bundle", () => say(""));
  const previous = new Choice("previous", () => say(""));

  element("language").addEventListener("click", () => {
    setLanguage(languageHere() === "es" ? "en" : "es");
    bundle.show();
    previous.show();
    say(element("refused").dataset.name);
    checking.show();
  });

  const zone = element("zone");
  for (const target of [window, zone]) {
    target.addEventListener("dragover", (event) => event.preventDefault());
    target.addEventListener("drop", (event) => event.preventDefault());
  }
  zone.addEventListener("dragenter", () => zone.classList.add("over"));
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    zone.classList.remove("over");
    const source = await dropped(event.dataTransfer);
    if (source) bundle.set(source);
    else say("one_only");
  });

  element("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const key = element("key").value.trim();
    const [policy] = element("policy").files;
    if (!canHash()) return say("insecure");
    if (!bundle.source) return say("nothing");
    if (key && !/^[0-9a-fA-F]{64}$/.test(key)) return say("key_text");
    say("");
    return checking.start({
      bundle: bundle.source,
      previous: previous.source,
      policy: policy ? new Uint8Array(await policy.slice(0, 1000000).arrayBuffer()) : null,
      key: key ? unhex(key) : null,
      skip: element("skip").checked,
    });
  });

  const isSpanish = location.hash !== "#en" && (location.hash === "#es" || !navigator.language.startsWith("en"));
  setLanguage(isSpanish ? "es" : "en");
  element("form").hidden = false;
}

if (typeof document === "undefined") startWorker();
else startPage();
