// Checking a proof of totals. Commitments are those of Pedersen, each with a proof of 0 or 1 of Cramer, Damgård
// and Schoenmakers; thousands are checked as one sum with weights drawn at random here, which vanishes for a
// false one with a probability of 2^-128 (see domain/ledger/tally.py and totals_checking.py).

const AT_ONCE = 8192;

let hashedPoint = null;

// H, by hashing to the curve, counting up from 0 until there is a point, times eight.
async function pointH() {
  for (let counter = 0; hashedPoint === null; counter++) {
    const tag = joined(encodeText("constancia/tally/H/v1"), Uint8Array.of(counter));
    const point = decodePoint(await sha256(tag));
    if (point) hashedPoint = decodePoint(encodePoint(multiply(8n, point)));
  }
  return hashedPoint;
}

function weights(count) {
  const drawn = crypto.getRandomValues(new BigUint64Array(2));
  return Array.from({ length: count }, () => {
    crypto.getRandomValues(drawn);
    return (drawn[0] << 64n) | drawn[1];
  });
}

async function checkRoster(totals, cut, roster) {
  if (!sameCheckpoint(totals.roster, roster)) throw new Refused("proof.totals_roster");
  if (BigInt(cut.lines.length) !== roster.size) {
    throw new Refused("proof.cut_size", { lines: cut.lines.length, cases: plain(roster.size) });
  }
  const seen = new Set();
  for (const [index, line] of cut.lines.entries()) {
    const name = hex(line.slotRoot);
    if (seen.has(name)) throw new Refused("proof.cut_twice", { line: index + 1 });
    seen.add(name);
  }
  if (!same(await rootOf(cut.lines.map((line) => line.leaf)), roster.root)) throw new Refused("proof.cut_roster");
  if (!same(cut.root, totals.cutRoot)) throw new Refused("proof.cut_root");
}

// The commitments, decoded: per line, in the order of the layout's cells.
async function checkPoints(totals, cut, onProgress) {
  const places = placesOf(totals.layout);
  const rows = [];
  for (const [index, line] of cut.lines.entries()) {
    rows.push(line.tokens.map((token, at) => {
      const point = decodePoint(token.subarray(0, 32));
      if (!point || equal(point, IDENTITY)) {
        throw new Refused("proof.cut_point", { line: index + 1, cell: placeName(places[at]) });
      }
      return point;
    }));
    if (index % 16 === 0) await onProgress(index / cut.lines.length / 2);
  }
  if (await isTorsionFree(rows.flat(), (share) => onProgress(0.5 + share / 2))) return rows;
  for (const [index, row] of rows.entries()) {
    const at = row.findIndex((point) => !isNeutral(point));
    if (at >= 0) throw new Refused("proof.cut_subgroup", { line: index + 1, cell: placeName(places[at]) });
  }
  throw new Error("a point is outside, and none is");
}

async function checkBits(totals, cut, rows, onProgress) {
  const places = placesOf(totals.layout);
  const width = places.length;
  const count = cut.lines.length * width;
  for (let begin = 0; begin < count; begin += AT_ONCE) {
    const claims = [];
    for (let at = begin; at < Math.min(count, begin + AT_ONCE); at++) {
      const [index, column] = [Math.floor(at / width), at % width];
      const claim = await claimOf(totals, places[column], index, cut.lines[index].tokens[column], rows[index][column]);
      if (!claim) throw falseBit(places, at);
      claims.push(claim);
      if (at % 128 === 0) await onProgress((0.8 * at) / count);
    }
    await onProgress((0.8 * (begin + claims.length)) / count);
    if (!(await areTrue(claims))) throw falseBit(places, begin + (await firstFalse(claims)));
  }
}

function falseBit(places, at) {
  const line = Math.floor(at / places.length) + 1;
  return new Refused("proof.cut_bit", { line, cell: placeName(places[at % places.length]) });
}

// One claim's share of a sum that is to vanish; null for a proof that is not even of the right form.
async function claimOf(totals, [table, cell], index, token, point) {
  const [c0, z0, z1] = [96, 128, 160].map((at) => littleEndian(token.subarray(at, at + 32)));
  const [a0, a1] = [decodePoint(token.subarray(32, 64)), decodePoint(token.subarray(64, 96))];
  if (c0 >= ORDER || z0 >= ORDER || z1 >= ORDER || !a0 || !a1) return null;
  const place = framed(totals.statement, encodeText(table), encodeText(cell), bigEndian(BigInt(index), 8));
  const coin = await sha512(joined(encodeText("constancia/tally/v1\0"), place, token.subarray(0, 96)));
  const c1 = mod(littleEndian(coin) - c0, ORDER);
  const [left, right] = weights(2);
  return {
    ofH: -(left * z0 + right * z1),
    ofG: -right * c1,
    terms: [[(left * c0 + right * c1) % ORDER, point], [left, a0], [right, a1]],
  };
}

async function areTrue(claims) {
  const terms = claims.flatMap((claim) => claim.terms);
  terms.push([mod(claims.reduce((sum, claim) => sum + claim.ofH, 0n), ORDER), await pointH()]);
  terms.push([mod(claims.reduce((sum, claim) => sum + claim.ofG, 0n), ORDER), BASE]);
  return vanishes(combined(terms));
}

// By halving, where the sum of all does not vanish.
async function firstFalse(claims) {
  let [begin, end] = [0, claims.length];
  while (end - begin > 1) {
    const middle = (begin + end) >> 1;
    if (await areTrue(claims.slice(begin, middle))) begin = middle;
    else end = middle;
  }
  return begin;
}

// In every line, the cells of each table add up to the total. One weighted sum over all lines.
async function checkTables(totals, cut, rows) {
  const tables = totals.layout.slice(1);
  const terms = [];
  let ofH = 0n;
  for (const [index, line] of cut.lines.entries()) {
    let [at, ofTotal] = [1, 0n];
    for (const [place, { table, cells }] of tables.entries()) {
      const factor = littleEndian(line.scalars[place]);
      if (factor >= ORDER) throw new Refused("proof.cut_table", { line: index + 1, table });
      const [weight] = weights(1);
      for (const point of rows[index].slice(at, at + cells.length)) terms.push([weight, point]);
      ofH -= weight * factor;
      ofTotal += weight;
      at += cells.length;
    }
    terms.push([mod(-ofTotal, ORDER), rows[index][0]]);
  }
  terms.push([mod(ofH, ORDER), await pointH()]);
  if (!vanishes(combined(terms))) throw await unequal(tables, cut, rows);
}

async function unequal(tables, cut, rows) {
  for (const [index, line] of cut.lines.entries()) {
    let at = 1;
    for (const [place, { table, cells }] of tables.entries()) {
      const shown = multiply(littleEndian(line.scalars[place]), await pointH());
      let found = addPoints(negate(rows[index][0]), negate(shown));
      for (const point of rows[index].slice(at, at + cells.length)) found = addPoints(found, point);
      if (!vanishes(found)) return new Refused("proof.cut_table", { line: index + 1, table });
      at += cells.length;
    }
  }
  return new Error("a line is unequal, and none is");
}

// The commitments of each cell add up to the number that is published.
async function checkSums(totals, rows) {
  for (const [at, [table, cell]] of placesOf(totals.layout).entries()) {
    const found = rows.reduce((sum, row) => addPoints(sum, row[at]), IDENTITY);
    const [count, opening] = [totals.sums.get(table).get(cell), totals.openings.get(table).get(cell)];
    const told = addPoints(multiply(BigInt(count), BASE), multiply(opening, await pointH()));
    if (count > rows.length || !equal(found, told)) {
      throw new Refused("proof.sums", { cell: placeName([table, cell]), count });
    }
  }
}

const framed = (...parts) => joined(...parts.flatMap((part) => [bigEndian(BigInt(part.length), 4), part]));

function bigEndian(value, length) {
  return unhex(value.toString(16).padStart(2 * length, "0"));
}
