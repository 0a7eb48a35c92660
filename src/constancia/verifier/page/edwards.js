// The curve edwards25519 with BigInt, for public data only (variable time).
// Points are extended coordinates [X, Y, Z, T]: x = X/Z, y = Y/Z, x*y = T/Z (RFC 8032, 5.1.4).

const PRIME = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (value, by = PRIME) => {
  const found = value % by;
  return found < 0n ? found + by : found;
};

function power(base, exponent) {
  let found = 1n;
  for (const bit of exponent.toString(2)) {
    found = (found * found) % PRIME;
    if (bit === "1") found = (found * base) % PRIME;
  }
  return found;
}

const D = mod(-121665n * power(121666n, PRIME - 2n));
const TWICE_D = mod(2n * D);
const ROOT_OF_MINUS_ONE = power(2n, (PRIME - 1n) / 4n);
const IDENTITY = [0n, 1n, 1n, 0n];

function addPoints(left, right) {
  const a = ((left[1] - left[0]) * (right[1] - right[0])) % PRIME;
  const b = ((left[1] + left[0]) * (right[1] + right[0])) % PRIME;
  const c = (((left[3] * right[3]) % PRIME) * TWICE_D) % PRIME;
  const d = (2n * left[2] * right[2]) % PRIME;
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [(e * f) % PRIME, (g * h) % PRIME, (f * g) % PRIME, (e * h) % PRIME];
}

function double(point) {
  const a = (point[0] * point[0]) % PRIME;
  const b = (point[1] * point[1]) % PRIME;
  const c = (2n * point[2] * point[2]) % PRIME;
  const sum = point[0] + point[1];
  const h = a + b;
  const e = h - ((sum * sum) % PRIME);
  const g = a - b;
  const f = c + g;
  return [(e * f) % PRIME, (g * h) % PRIME, (f * g) % PRIME, (e * h) % PRIME];
}

const negate = (point) => [-point[0], point[1], point[2], -point[3]];

function multiply(factor, point) {
  let found = IDENTITY;
  for (const bit of factor.toString(2)) {
    found = double(found);
    if (bit === "1") found = addPoints(found, point);
  }
  return found;
}

function equal(left, right) {
  return (
    (left[0] * right[2] - right[0] * left[2]) % PRIME === 0n &&
    (left[1] * right[2] - right[1] * left[2]) % PRIME === 0n
  );
}

function littleEndian(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let found = 0n;
  for (let at = data.length - 8; at >= 0; at -= 8) found = (found << 64n) | view.getBigUint64(at, true);
  return found;
}

// base^(2^252 - 3), by an addition chain.
function rootPower(base) {
  const squared = (value, times) => {
    for (let left = times; left > 0; left--) value = (value * value) % PRIME;
    return value;
  };
  const two = (squared(base, 1) * base) % PRIME; // base^(2^2 - 1), and so on
  const four = (squared(two, 2) * two) % PRIME;
  const five = (squared(four, 1) * base) % PRIME;
  const ten = (squared(five, 5) * five) % PRIME;
  const twenty = (squared(ten, 10) * ten) % PRIME;
  const forty = (squared(twenty, 20) * twenty) % PRIME;
  const fifty = (squared(forty, 10) * ten) % PRIME;
  const hundred = (squared(fifty, 50) * fifty) % PRIME;
  const twoHundred = (squared(hundred, 100) * hundred) % PRIME;
  const most = (squared(twoHundred, 50) * fifty) % PRIME;
  return (squared(most, 2) * base) % PRIME;
}

// The point of 32 bytes, null where they are not the one encoding of a point (RFC 8032, 5.1.3).
function decodePoint(data) {
  if (data.length !== 32) return null;
  const whole = littleEndian(data);
  const sign = whole >> 255n;
  const y = whole & (2n ** 255n - 1n);
  if (y >= PRIME) return null;
  const square = (y * y) % PRIME;
  const u = mod(square - 1n);
  const v = (D * square + 1n) % PRIME;
  if (u === 0n) return sign ? null : [0n, y, 1n, 0n];
  const cube = (((v * v) % PRIME) * v) % PRIME;
  const seventh = (((cube * cube) % PRIME) * v) % PRIME;
  let x = (((u * cube) % PRIME) * rootPower((u * seventh) % PRIME)) % PRIME;
  const tried = (((x * x) % PRIME) * v) % PRIME;
  if (tried === PRIME - u) x = (x * ROOT_OF_MINUS_ONE) % PRIME;
  else if (tried !== u) return null;
  if ((x & 1n) !== sign) x = PRIME - x;
  return [x, y, 1n, (x * y) % PRIME];
}

function encodePoint(point) {
  const inverse = power(mod(point[2]), PRIME - 2n);
  const x = mod(point[0] * inverse);
  const whole = mod(point[1] * inverse) | ((x & 1n) << 255n);
  return unhex(whole.toString(16).padStart(64, "0")).reverse();
}

const BASE = decodePoint(Uint8Array.of(0x58, ...new Array(31).fill(0x66)));
