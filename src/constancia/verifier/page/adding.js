// Step 8: the tables add up, as far as they are shown. Cells are named by the JSON of their key.

const MOST_EXPECTED = 100000;
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
  const size = lists.reduce((product, some) => product * some.length, 1);
  const isOdd = lists.length !== table.dimensions.length || !lists.length || !size || size > MOST_EXPECTED;
  const expected = isOdd ? [] : product(lists).map(cellName);
  const cellsInGroups = table.groups.reduce((sum, group) => sum + group.cells.length, 0);
  if (
    isOdd ||
    values.size !== table.cells.length ||
    new Set(expected).size !== expected.length ||
    values.size !== expected.length ||
    expected.some((name) => !values.has(name)) ||
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
  const inner = keys.filter((key) => !key.includes(TOGETHER));
  if (sumOf(table, values, inner) !== BigInt(table.total)) throw new Refused("proof.table_sum", { table: table.name });
  if (table.dimensions.length === 1) return;
  const corner = values.get(cellName(table.dimensions.map(() => TOGETHER)));
  if (corner !== table.total) throw new Refused("proof.table_total", { table: table.name });
  for (const whole of keys) {
    for (const [place, category] of whole.entries()) {
      if (category !== TOGETHER) continue;
      const line = table.categories[place].map((one) => whole.with(place, one));
      const [added, told] = [sumOf(table, values, line), values.get(cellName(whole))];
      if (added !== null && told !== null && added !== BigInt(told)) {
        throw new Refused("proof.table_margin", { table: table.name, line: whole.join("/") });
      }
    }
  }
}

// What the cells add up to, whole groups among them; null where a group reaches beyond them.
function sumOf(table, values, keys) {
  const left = new Set(keys.map(cellName));
  let sum = 0n;
  for (const group of table.groups) {
    const inside = group.cells.map(cellName).filter((name) => left.has(name));
    if (inside.length && inside.length < group.cells.length) return null;
    if (inside.length) sum += BigInt(group.value);
    for (const name of inside) left.delete(name);
  }
  return sum + total([...left].map((name) => values.get(name) ?? 0));
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

// Label → number of the cells that no other cells make up, groups as one: what a proof of totals opens.
function provenCells(table) {
  const found = new Map();
  for (const { key, value } of table.cells) {
    if (value !== null && !key.includes(TOGETHER)) found.set(key.join("/"), value);
  }
  for (const group of table.groups) {
    if (group.cells.every((key) => !key.includes(TOGETHER))) {
      found.set(group.cells.map((key) => key.join("/")).sort(byCodePoints).join("+"), group.value);
    }
  }
  return found;
}
