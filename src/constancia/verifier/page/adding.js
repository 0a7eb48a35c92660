// Step 8: the tables add up, as far as they are shown. Cells are named by the JSON of their key.

const MOST_DIMENSIONS = 4;
const cellName = (key) => JSON.stringify(key);

// How many tables add up; those withheld are not among them.
function checkAdding(edition) {
  const seen = new Map();
  let shown = 0;
  for (const table of edition.tables) {
    const figure = figureOf(edition, table.total_of);
    if (!figure || figure.value !== table.total) throw new Refused("proof.table_total", { table: table.name });
    if (table.withheld) {
      if (table.cells.length || table.groups.length) throw new Refused("proof.table_cells", { table: table.name });
      continue;
    }
    const values = tableValues(table);
    checkLines(table, values);
    checkAlike(table, seen);
    shown += 1;
  }
  return shown;
}

// Name of a cell → its number, null where it is shown with others; every cell of the table, once.
function tableValues(table) {
  const isWide = table.dimensions.length > 1;
  const lists = table.categories.map((some) => (isWide ? [...some, TOGETHER] : some));
  const values = new Map(table.cells.map((cell) => [cellName(cell.key), cell.value]));
  const grouped = new Map();
  for (const group of table.groups) for (const key of group.cells) grouped.set(cellName(key), group.number);
  const size = lists.reduce((found, some) => found * some.length, 1);
  const cellsInGroups = table.groups.reduce((sum, group) => sum + group.cells.length, 0);
  if (
    lists.length === 0 || lists.length > MOST_DIMENSIONS || lists.length !== table.dimensions.length ||
    lists.some((some) => new Set(some).size !== some.length) ||
    size === 0 || size !== table.cells.length || size !== values.size || // before they are written out
    !product(lists).every((key) => values.has(cellName(key))) ||
    cellsInGroups !== grouped.size ||
    new Set(table.groups.map((group) => group.number)).size !== table.groups.length ||
    table.groups.some((group) => group.cells.length < 2) ||
    table.cells.some((cell) => (cell.value === null) !== (cell.group !== null)) ||
    table.cells.some((cell) => cell.group !== (grouped.get(cellName(cell.key)) ?? null)) ||
    [...grouped.keys()].some((name) => !values.has(name))
  ) {
    throw new Refused("proof.table_cells", { table: table.name });
  }
  return values;
}

function product(lists) {
  return lists.reduce((found, some) => found.flatMap((key) => some.map((one) => [...key, one])), [[]]);
}

function checkLines(table, values) {
  const keys = table.cells.map((cell) => cell.key);
  const owners = new Map(table.groups.flatMap((group) => group.cells.map((key) => [cellName(key), group])));
  const inner = keys.filter((key) => !key.includes(TOGETHER));
  if (sumOf(values, owners, inner) !== BigInt(table.total)) throw new Refused("proof.table_sum", { table: table.name });
  if (table.dimensions.length === 1) return;
  const corner = values.get(cellName(table.dimensions.map(() => TOGETHER)));
  if (corner !== table.total && corner !== null) throw new Refused("proof.table_total", { table: table.name });
  for (const whole of keys) {
    const told = values.get(cellName(whole));
    for (const [place, category] of whole.entries()) {
      if (category !== TOGETHER) continue;
      const line = table.categories[place].map((one) => whole.map((own, at) => (at === place ? one : own)));
      const added = sumOf(values, owners, line);
      if (added !== null && told !== null && added !== BigInt(told)) {
        throw new Refused("proof.table_margin", { table: table.name, line: whole.join("/") });
      }
    }
  }
}

// What the cells add up to, whole groups among them; null where a group reaches beyond them.
function sumOf(values, owners, keys) {
  const inside = new Map();
  let sum = 0n;
  for (const name of keys.map(cellName)) {
    const group = owners.get(name);
    if (group) inside.set(group, (inside.get(group) ?? 0) + 1);
    else sum += BigInt(values.get(name) ?? 0);
  }
  for (const [group, count] of inside) {
    if (count < group.cells.length) return null;
    sum += BigInt(group.value);
  }
  return sum;
}

// What two tables of one figure both show is the same number.
function checkAlike(table, seen) {
  for (const { key, value } of table.cells) {
    const named = [...key.entries()].filter(([, category]) => category !== TOGETHER);
    if (value === null || named.length !== 1) continue;
    const [place, category] = named[0];
    const name = JSON.stringify([table.total_of, table.dimensions[place], category]);
    if (!seen.has(name)) seen.set(name, value);
    if (seen.get(name) !== value) throw new Refused("proof.tables_differ", { table: table.name, category });
  }
}

// Label → number of the cells that no other cells make up: what a proof of totals opens. Cells of a group are
// one, and so are all cells in which there is nobody.
function provenCells(table) {
  const inner = table.cells.filter(({ key, value }) => value !== null && !key.includes(TOGETHER));
  const found = new Map(inner.filter(({ value }) => value > 0).map(({ key, value }) => [key.join("/"), value]));
  const empty = inner.filter(({ value }) => value === 0).map(({ key }) => key);
  const sums = table.groups.map((group) => [group.cells, group.value]);
  if (empty.length) sums.push([empty, 0]);
  for (const [cells, value] of sums) {
    if (cells.every((key) => !key.includes(TOGETHER))) {
      found.set(cells.map((key) => key.join("/")).sort(byCodePoints).join("+"), value);
    }
  }
  return found;
}
