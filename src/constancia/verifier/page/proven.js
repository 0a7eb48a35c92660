// Steps 10, 14 and 15: that a proof of totals is of this edition and this roster, and of its very numbers.

// Whether the bundle proves totals; half a proof is refused.
function hasTotals(bundle) {
  const parts = [TOTALS, CUT, ROSTER_SEAL];
  const lacking = parts.filter((path) => !bundle.has(path));
  if (lacking.length && lacking.length < parts.length) throw new Refused("proof.missing", { path: lacking[0] });
  return lacking.length === 0;
}

// {totals, cut, roster}
async function checkCut(bundle, manifest, rules) {
  const totals = await readTotals(bundle.get(TOTALS));
  if (totals.edition !== manifest.edition || totals.content !== manifest.content) {
    throw new Refused("proof.totals_other", { field: "edition" });
  }
  if (totals.roster.origin === manifest.log) throw new Refused("proof.roster_origin");
  const roster = await checkSeal(bundle.get(ROSTER_SEAL), rules.log(totals.roster.origin), rules);
  const cut = await readCut(bundle.get(CUT), totals.layout);
  await checkRoster(totals, cut, roster.checkpoint);
  return { totals, cut, roster };
}

// Names of the tables of that figure that are not proven.
function checkPublished(totals, edition) {
  const figure = figureOf(edition, totals.figure);
  if (!figure || figure.as_of !== totals.as_of || figure.known_at !== totals.known_at) {
    throw new Refused("proof.totals_other", { field: "figure" });
  }
  if (totals.sums.get("").get("") !== figure.value) throw new Refused("proof.totals_table", { table: figure.name });
  const shown = edition.tables.filter((one) => one.total_of === figure.name && !one.withheld);
  const left = new Map(shown.map((one) => [one.name, one]));
  for (const { table } of totals.layout.slice(1)) {
    const found = left.get(table);
    if (!found || !sameNumbers(provenCells(found), totals.sums.get(table))) {
      throw new Refused("proof.totals_table", { table });
    }
    left.delete(table);
  }
  return [...left.keys()];
}

function sameNumbers(left, right) {
  return left.size === right.size && [...left].every(([cell, number]) => right.get(cell) === number);
}

// How many cases the roster had at the edition before; null where that one proves no totals.
async function checkRosterGrown(proof, earlier) {
  if (!hasTotals(earlier.bundle)) return null;
  const origin = proof.totals.roster.origin;
  const { rules, bundle } = earlier;
  const then = (await checkSeal(bundle.get(ROSTER_SEAL), rules.log(origin), rules)).checkpoint;
  const lines = proof.cut.lines;
  const count = Number(then.size);
  const root = await rootOf(lines.slice(0, count).map((line) => line.leaf));
  if (count > lines.length || !same(root, then.root)) throw new Refused("proof.roster_changed");
  return count;
}
