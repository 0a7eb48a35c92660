// Step 16: the tables as CSV say what edicion.json says, cell by cell.

const FOLDER = "datos/";
const ARCHIVES = ["datos.zip", "datos/datos.zip"];
const DANGEROUS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20"];

// How many CSV were compared; 0 where the bundle has none.
async function checkCopies(bundle, edition) {
  const expected = Object.entries(expectedRows(edition));
  const compareAll = (files) => {
    const found = expected.filter(([name]) => files.has(`${FOLDER}${name}.csv`));
    for (const [name, rows] of found) compareRows(name, files.get(`${FOLDER}${name}.csv`), rows);
    return found.length;
  };
  let compared = compareAll(bundle.files);
  for (const path of ARCHIVES.filter((one) => bundle.has(one))) {
    const within = await openZip(bundle.get(path));
    if (!within.has(CONTENT) || !same(within.get(CONTENT), bundle.get(CONTENT))) {
      throw new Refused("proof.archive_content");
    }
    compared += compareAll(within);
  }
  return compared;
}

function compareRows(name, data, expected) {
  let head, rows;
  try {
    [head, ...rows] = readCsv(data);
  } catch {
    throw new Refused("proof.csv", { name });
  }
  if (!head || new Set(head).size !== head.length || rows.some((row) => row.length !== head.length)) {
    throw new Refused("proof.csv", { name });
  }
  if (rows.length !== expected.length) {
    throw new Refused("proof.csv_differs", { name, row: Math.min(rows.length, expected.length) + 1, column: "" });
  }
  for (const [place, row] of rows.entries()) {
    for (const [column, told] of Object.entries(expected[place])) {
      const at = head.indexOf(column);
      if (at < 0 || row[at] !== told) throw new Refused("proof.csv_differs", { name, row: place + 1, column });
    }
  }
}

// Name of the CSV → per line the columns that are compared.
function expectedRows(edition) {
  return {
    figures: edition.figures.map(figureRow),
    breakdowns: edition.tables.map(breakdownRow),
    tables: edition.tables.flatMap((table) => table.cells.map((cell) => cellRow(table, cell))),
    groups: edition.tables.flatMap((table) => table.groups.map((group) => groupRow(table, group))),
    balance: edition.balance ? balanceRows(edition.balance) : [],
    daily: edition.daily.flatMap(seriesRows),
    levels: edition.levels.flatMap(seriesRows),
  };
}

// As the CSV are written: what a spreadsheet would take for a formula has an apostrophe in front.
function written(value) {
  if (value === null) return "";
  const text = String(value);
  const isText = typeof value === "string" && DANGEROUS.some((start) => text.startsWith(start));
  return (isText ? `'${text}` : text).replaceAll("\0", "");
}

const rowOf = (columns) => Object.fromEntries(Object.entries(columns).map(([name, one]) => [name, written(one)]));
const inBoth = (name, labels) => rowOf({ [`${name}_es`]: labels[0], [`${name}_en`]: labels[1] });

function toSecond(instant) {
  const start = instant.split(".")[0];
  return `${start.endsWith("Z") ? start.slice(0, -1) : start}Z`;
}

function figureRow(one) {
  const { name, value, lowest, highest, pending_in, pending_out, start, as_of } = one;
  const known_at = toSecond(one.known_at);
  const numbers = { name, value, lowest, highest, pending_in, pending_out, start, as_of, known_at };
  return { ...rowOf({ ...numbers, definition: one.figure, rule: one.rule }), ...inBoth("label", one.label) };
}

function breakdownRow(table) {
  const { name, total_of, total: all, withheld } = table;
  const row = rowOf({ table: name, total_of, total: all, withheld: withheld ? "true" : "false" });
  return { ...row, ...inBoth("title", table.title) };
}

function cellRow(table, cell) {
  const group = cell.group === null ? null : `${table.name}:${cell.group}`;
  const row = rowOf({ table: table.name, value: cell.value, group });
  for (const [place, category] of cell.key.entries()) {
    const column = `category${place + 1}`;
    row[column] = written(category === TOGETHER ? "*" : category);
    const labels = table.labels[place]?.get(category);
    if (labels) Object.assign(row, inBoth(column, labels));
  }
  return row;
}

function groupRow(table, group) {
  const name = `${table.name}:${group.number}`;
  return rowOf({ group: name, table: table.name, value: group.value, cells: group.cells.length });
}

function balanceRows(balance) {
  const { edition, opening, opening_as_of: as_of } = balance;
  const terms = (part, side) => side.flatMap((term) => termRows(part, term));
  return [
    rowOf({ part: "opening", value: opening, edition, as_of }),
    ...terms("in", balance.came),
    ...terms("out", balance.went),
    rowOf({ part: "closing", value: balance.closing }),
    rowOf({ part: "older_cases", value: balance.older_cases }),
  ];
}

function termRows(part, term) {
  const row = (kind, value, label) => ({
    ...rowOf({ part, cause: term.cause, kind, value }),
    ...inBoth("label", label),
  });
  return [row(null, term.value, term.label), ...term.kinds.map((one) => row(one.kind, one.value, one.label))];
}

function seriesRows(series) {
  const { name, figure, rule } = series;
  const known_at = toSecond(series.known_at);
  return series.points.map(({ day, numbers }) => rowOf({
    series: name, day, known_at, definition: figure, rule, ...numbers,
  }));
}
