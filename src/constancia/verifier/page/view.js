// A report on the page, in Spanish or English. What a bundle says is only ever set as text.

const WORDS = typeof document === "undefined" ? {} : JSON.parse(document.getElementById("words").textContent);
const LONGEST_VALUE = 400;

const element = (id) => document.getElementById(id);
const languageHere = () => document.documentElement.lang;
const wordOf = (group, name) => WORDS[group][name]?.[languageHere()] ?? name;

// The text with its blanks filled; what would not print becomes "·".
function filled(text, params) {
  const harmless = (value) =>
    Array.from(String(value)).slice(0, LONGEST_VALUE).join("").replace(/[^\P{C}]|[^\P{Z} ]/gu, "·");
  return text.replace(/\{(\w+)\}/g, (blank, name) => (Object.hasOwn(params, name) ? harmless(params[name]) : blank));
}

function made(tag, className, text = "") {
  const found = document.createElement(tag);
  found.className = className;
  found.textContent = text;
  return found;
}

function setLanguage(language) {
  document.documentElement.lang = language;
  document.title = wordOf("page", "title");
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = wordOf("page", one.dataset.word);
  element("language").lang = language === "es" ? "en" : "es";
}

function stepItem(step) {
  const item = made("li", `step ${step.result}`);
  item.value = step.step;
  const head = made("p", "what");
  head.append(made("strong", "result", wordOf("result", step.result)), " ", wordOf("checked", step.name));
  item.append(head);
  if (step.result === FAILS) {
    const why = wordOf("errors", step.code);
    const text = `[${step.code}] ${filled(why, step.params)}`;
    item.append(made("p", "why", filled(wordOf("frame", "why"), {}).replace("{text}", () => text)));
    const means = wordOf("means", step.name);
    item.append(made("p", "means", wordOf("frame", "means").replace("{text}", () => means)));
  }
  if (step.after !== null) item.append(made("p", "after", filled(wordOf("frame", "after"), { after: step.after })));
  if (step.seen.length) {
    const list = made("ul", "seen");
    for (const one of step.seen) list.append(made("li", one.loud ? "loud" : "", filled(wordOf("seen", one.word), one.params)));
    item.append(list);
  }
  return item;
}

// The whole, in two or three sentences.
function lastLines(report) {
  if (!report.holds) {
    return [filled(wordOf("frame", "breaks"), { steps: report.failed.join(", ") })];
  }
  const skipped = report.steps.filter((one) => one.result === SKIPPED);
  const lines = [wordOf(skipped.length ? "page" : "frame", skipped.length ? "holds_but" : "holds")];
  if (report.steps.some((step) => step.seen.some((one) => one.loud))) lines.push(wordOf("frame", "careful"));
  return [...lines, wordOf("frame", "limits")];
}

function showSteps(steps) {
  element("steps").replaceChildren(...steps.map(stepItem));
}

function showReport(report) {
  const isPartial = report.steps.some((one) => one.result === SKIPPED);
  const box = element("verdict");
  box.className = report.holds ? (isPartial ? "partial" : "holds") : "breaks";
  box.replaceChildren(...lastLines(report).map((line) => made("p", "", line)));
}
