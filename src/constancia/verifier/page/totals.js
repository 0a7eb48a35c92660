// What a proof of totals says (prueba/totales.json) and its lines (prueba/casos.txt), one for every case.

const LARGEST_TOTALS = 4 * 2 ** 20;
const LARGEST_CUT = 512 * 2 ** 20;
const MOST_CELLS = 5000;
const TOKEN = 192;
const TOTALS_KEYS = [
  "format", "edition", "content", "figure", "as_of", "known_at", "roster", "cut_root", "layout", "sums", "openings",
];

const isWhole = (value, least) => typeof value === "number" && value >= least;

// {edition, content, figure, as_of, known_at, roster, cutRoot, layout, sums, openings, statement}; `openings` as
// numbers; `statement`: 32 bytes that stand for all that is proven but for its numbers.
async function readTotals(data) {
  const found = readCanonical(data, LARGEST_TOTALS);
  if (!hasKeys(found, TOTALS_KEYS) || found.format !== "constancia-totals-1") throw new Refused("proof.totals");
  const { format, edition, roster } = found;
  if (!isWhole(edition, 1) || !hasKeys(roster, ["origin", "size", "root"]) || !isWhole(roster.size, 0)) {
    throw new Refused("proof.totals");
  }
  const head = {
    format,
    edition,
    content: textOf(found.content, /^[0-9a-f]{64}$/),
    figure: textOf(found.figure, /^[a-z][a-z0-9_]{0,63}$/),
    as_of: textOf(found.as_of, /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
    known_at: textOf(
      found.known_at, /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z$/,
    ),
  };
  const checkpoint = readCheckpoint(`${textOf(roster.origin)}\n${roster.size}\n${textOf(roster.root)}\n`);
  const layout = readLayout(found.layout);
  const [sums, openings] = [byCell(found.sums, layout), byCell(found.openings, layout)];
  if (![...sums.values()].every((cells) => [...cells.values()].every((one) => isWhole(one, 0)))) {
    throw new Refused("proof.totals");
  }
  for (const cells of openings.values()) {
    for (const [cell, one] of cells) cells.set(cell, openingOf(one));
  }
  const cutRoot = unb64(textOf(found.cut_root), 32);
  const stated = encodeText(canonicalText({ ...head, roster, layout: found.layout }));
  const statement = await sha256(joined(encodeText("constancia/totals/statement/v1\0"), stated));
  return { ...head, roster: checkpoint, cutRoot, layout, sums, openings, statement };
}

// Table → cell → what is given for it, for the cells of the layout and no others.
function byCell(value, layout) {
  const names = layout.map((one) => one.table);
  if (!hasKeys(value, names)) throw new Refused("proof.totals");
  return new Map(layout.map(({ table, cells }) => {
    if (!hasKeys(value[table], cells)) throw new Refused("proof.totals");
    return [table, new Map(cells.map((cell) => [cell, value[table][cell]]))];
  }));
}

function openingOf(value) {
  const found = littleEndian(unb64(textOf(value), 32));
  if (found >= ORDER) throw new Refused("proof.totals");
  return found;
}

function textOf(value, form = null) {
  if (typeof value !== "string" || (form && !form.test(value))) throw new Refused("proof.totals");
  return value;
}

// [{table, cells}], the total first.
function readLayout(value) {
  const isList = (found) => Array.isArray(found) && found.every((cell) => typeof cell === "string");
  const isLayout =
    Array.isArray(value) &&
    value.every((one) => hasKeys(one, ["table", "cells"]) && typeof one.table === "string" && isList(one.cells));
  if (!isLayout) throw new Refused("proof.layout");
  const [first, ...tables] = value;
  const isTotal = first && first.table === "" && sameList(first.cells, [""]);
  const many = value.reduce((sum, one) => sum + one.cells.length, 0);
  const names = new Set(value.map((one) => one.table));
  const areTables = tables.every((one) => /^[A-Za-z0-9_.:-]{1,100}$/.test(one.table) && one.cells.length);
  if (!isTotal || names.size < value.length || many > MOST_CELLS || !areTables) throw new Refused("proof.layout");
  for (const one of tables) checkCells(one.cells);
  return value;
}

function checkCells(cells) {
  const seen = new Set();
  for (const cell of cells) {
    const merged = cell.split("+");
    const isName = (part) => /^[^+/\x00-\x1f\x7f]{1,200}$/u.test(part);
    if (
      !sameList(merged, sortedSet(merged)) ||
      merged.some((one) => seen.has(one)) ||
      !merged.every((one) => one.split("/").every(isName))
    ) {
      throw new Refused("proof.layout");
    }
    for (const one of merged) seen.add(one);
  }
}

// [[table, cell]] in order.
const placesOf = (layout) => layout.flatMap((one) => one.cells.map((cell) => [one.table, cell]));
const placeName = ([table, cell]) => (table ? `${table}/${cell}` : "total");

// {lines, root}; a line: {slotRoot, leaf, tokens (of all cells, in order), scalars (per table after the total)}.
async function readCut(data, layout) {
  if (data.length > LARGEST_CUT || (data.length && data[data.length - 1] !== 10)) throw new Refused("proof.cut_text");
  if (data.some((byte) => byte > 127)) throw new Refused("proof.cut_text");
  const texts = decodeText(data).split("\n").slice(0, -1);
  const lines = [];
  const hashes = [];
  for (const [index, text] of texts.entries()) {
    const wrong = () => new Refused("proof.cut_line", { line: index + 1 });
    lines.push(await refusing(() => readLine(text, index, layout), wrong));
    hashes.push(await leafHash(encodeText(text)));
  }
  return { lines, root: await rootOf(hashes) };
}

async function readLine(text, index, layout) {
  const [number, week, slotRoot, ...rest] = text.split(" ");
  const columns = placesOf(layout).length + layout.length - 1;
  const isNumbered = rest.length === columns && numberOf(number) === BigInt(index);
  if (!isNumbered || !WEEK.test(week)) throw new Refused("proof.cut_line", { line: index + 1 });
  const [tokens, scalars] = [[], []];
  for (const [at, one] of layout.entries()) {
    for (let left = one.cells.length; left > 0; left--) tokens.push(unb64(rest.shift(), TOKEN));
    if (at) scalars.push(unb64(rest.shift(), 32));
  }
  const root = unhash(slotRoot);
  return { slotRoot: root, leaf: await entryLeaf("case", week, root), tokens, scalars };
}
