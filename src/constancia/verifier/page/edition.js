// What of an edition's content can be calculated with: figures, tables, balance and series.

const TOGETHER = ""; // in the key of a cell: all categories of that dimension, which makes the cell a margin

function readEdition(data) {
  const found = new Part(readCanonical(data));
  if (found.text("format") !== "constancia-edition-1") throw otherFormat(found);
  const [before, balance] = [found.maybePart("previous"), found.maybePart("balance")];
  return {
    number: found.count("number"),
    organisation: found.text("organisation"),
    as_of: found.text("as_of"),
    known_at: found.text("known_at"),
    rule: found.text("rule"),
    software: found.text("software"),
    previous: before && readBefore(before),
    figures: found.parts("figures").map(readFigure),
    tables: found.parts("tables").map(readTable),
    balance: balance && readBalance(balance),
    daily: found.parts("daily").map((one) => readSeries(one, "days", ["value", "by_that_day", "within_a_week"])),
    levels: found.parts("levels").map((one) => readSeries(one, "points", ["value", "lowest", "highest"])),
    bridges: found.parts("bridges").map(readBridge),
  };
}

const figureOf = (edition, name) => edition.figures.find((one) => one.name === name) ?? null;

const texts = (one, ...names) => Object.fromEntries(names.map((name) => [name, one.text(name)]));
const counts = (one, ...names) => Object.fromEntries(names.map((name) => [name, one.count(name)]));

function labelsOf(one, name) {
  const words = one.part(name);
  return [words.text("es"), words.text("en")];
}

const readBefore = (one) => ({ ...counts(one, "number"), ...texts(one, "as_of", "known_at", "sha256") });

function readFigure(one) {
  return {
    name: one.text("name"),
    label: labelsOf(one, "label"),
    ...texts(one, "figure", "rule", "as_of", "known_at"),
    start: one.maybeText("start"),
    ...counts(one, "value", "lowest", "highest", "pending_in", "pending_out"),
  };
}

function readTable(one) {
  const dimensions = one.texts("dimensions");
  const lists = one.items("categories").map((found) => {
    if (!Array.isArray(found)) throw new Refused("proof.content", { field: "categories" });
    return found.map((item) => new Part(item, "categories"));
  });
  return {
    dimensions,
    labels: lists.map((list) => new Map(list.map((part) => [part.text("key"), labelsOf(part, "label")]))),
    name: one.text("name"),
    title: labelsOf(one, "title"),
    total_of: one.text("total_of"),
    total: one.count("total"),
    categories: lists.map((list) => list.map((part) => part.text("key"))),
    cells: one.parts("cells").map((cell) => ({
      key: cell.texts("key"),
      value: cell.maybeCount("value"),
      group: cell.maybeCount("group"),
    })),
    groups: one.parts("groups").map((group) => ({
      number: group.count("number"),
      cells: group.textLists("cells"),
      value: group.count("value"),
    })),
    withheld: one.flag("withheld"),
  };
}

function readBalance(one) {
  return {
    edition: one.maybeCount("edition"),
    ...texts(one, "opening_as_of", "opening_known_at"),
    opening: one.count("opening"),
    came: one.parts("came").map(readTerm),
    went: one.parts("went").map(readTerm),
    ...counts(one, "closing", "older_cases"),
  };
}

function readTerm(one) {
  return {
    cause: one.text("cause"),
    label: labelsOf(one, "label"),
    value: one.count("value"),
    kinds: one.parts("by").map((kind) => ({
      kind: kind.text("kind"),
      label: labelsOf(kind, "label"),
      value: kind.count("value"),
    })),
  };
}

function readSeries(one, points, names) {
  return {
    ...texts(one, "name", "known_at", "figure", "rule"),
    points: one.parts(points).map((point) => ({ day: point.text("day"), numbers: counts(point, ...names) })),
  };
}

function readBridge(one) {
  return {
    ...counts(one, "first", "second"),
    steps: one.parts("steps").map((step) => ({ ...counts(step, "came", "went"), change: step.number("change") })),
  };
}
