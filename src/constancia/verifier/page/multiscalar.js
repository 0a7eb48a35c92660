// Sums of many multiples: what makes checking thousands of proofs quick. Points as decodePoint gives them.

const BLOCK = 6;
const SUBSETS = 128;

// (y - x, y + x, 2dxy): what adding a point with Z = 1 to another needs (Hisil and others 2008, 3.1).
const affine = (point) => [point[1] - point[0], point[1] + point[0], (point[3] * TWICE_D) % PRIME];

function addAffine(left, right) {
  const a = ((left[1] - left[0]) * right[0]) % PRIME;
  const b = ((left[1] + left[0]) * right[1]) % PRIME;
  const c = (left[3] * right[2]) % PRIME;
  const e = b - a;
  const h = b + a;
  const z = left[2] + left[2];
  const f = z - c;
  const g = z + c;
  return [(e * f) % PRIME, (g * h) % PRIME, (f * g) % PRIME, (e * h) % PRIME];
}

// The sum of factor * point, by Pippenger's method: in each window of bits points are thrown into buckets by
// their digit, which runs from -2^(w-1) to 2^(w-1), and the buckets are summed once.
function combined(terms) {
  const width = Math.max(3, Math.min(12, terms.length.toString(2).length - 2));
  const [half, full] = [1 << (width - 1), 1 << width];
  const longest = terms.reduce((most, [factor]) => Math.max(most, bitLength(factor)), 0);
  const windows = Array.from({ length: Math.floor(longest / width) + 1 }, () => []);
  for (const [factor, point] of terms) {
    const plus = affine(point);
    const minus = [plus[1], plus[0], -plus[2]];
    const bits = BigInt(width);
    const mask = BigInt(full - 1);
    for (let rest = factor, at = 0; rest; at++) {
      const digit = Number(rest & mask);
      rest >>= bits;
      if (digit > half) {
        windows[at].push([full - digit, minus]);
        rest += 1n;
      } else if (digit) {
        windows[at].push([digit, plus]);
      }
    }
  }
  let found = IDENTITY;
  for (const window of windows.reverse()) {
    for (let left = width; left > 0; left--) found = double(found);
    if (window.length) found = addPoints(found, inBuckets(window, half));
  }
  return found;
}

function inBuckets(window, half) {
  const buckets = new Array(half + 1).fill(IDENTITY);
  for (const [digit, point] of window) buckets[digit] = addAffine(buckets[digit], point);
  let running = IDENTITY;
  let found = IDENTITY;
  for (let digit = half; digit > 0; digit--) {
    if (buckets[digit] !== IDENTITY) running = addPoints(running, buckets[digit]);
    if (running !== IDENTITY) found = addPoints(found, running);
  }
  return found;
}

// Whether a point is the neutral one but for a part of small order: eight times it is.
const vanishes = (point) => equal(double(double(double(point))), IDENTITY);

const isNeutral = (point) => equal(multiply(ORDER, point), IDENTITY);

// Whether all points lie in the subgroup of prime order. Of many, 128 subsets drawn at random are summed: each
// finds a point that is outside with at least one half (see domain/ledger/multiscalar.py).
async function isTorsionFree(points, onProgress) {
  if (points.length <= SUBSETS) return points.every(isNeutral);
  const sums = new Array(SUBSETS).fill(IDENTITY);
  for (let begin = 0; begin < points.length; begin += BLOCK) {
    const table = [IDENTITY];
    for (const point of points.slice(begin, begin + BLOCK)) {
      const one = affine(point);
      table.push(...table.map((below) => addAffine(below, one)));
    }
    crypto.getRandomValues(new Uint8Array(SUBSETS)).forEach((byte, at) => {
      const chosen = byte & (table.length - 1);
      if (chosen) sums[at] = addPoints(sums[at], table[chosen]);
    });
    if (begin % (BLOCK * 32) === 0) await onProgress(begin / points.length);
  }
  return sums.every(isNeutral);
}
