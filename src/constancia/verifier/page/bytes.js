// Bytes, and the one way in which each text of bytes or of a number is accepted.

const LARGEST = 2n ** 63n - 1n; // the largest size of a tree (tlog-checkpoint)
const MOST_HASHES = 64;

// White space as Python's \s has it; that of JavaScript differs.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const encodeText = (text) => new TextEncoder().encode(text);

function decodeText(data) {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
}

function joined(...parts) {
  const found = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    found.set(part, at);
    at += part.length;
  }
  return found;
}

function same(left, right) {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

const hex = (data) => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

const b64 = (data) => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));

function unb64(text, length) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new Refused("proof.base64");
  }
  const raw = atob(text);
  if (btoa(raw) !== text || (length !== undefined && raw.length !== length)) throw new Refused("proof.base64");
  return Uint8Array.from(raw, (one) => one.charCodeAt(0));
}

const unhash = (text) => unb64(text, 32);

function unhashes(lines) {
  if (lines.length > MOST_HASHES) throw new Refused("proof.length");
  return lines.map(unhash);
}

// A number from 0 to 2^63 - 1 without sign or leading zeros, as a BigInt.
function numberOf(text) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text) || BigInt(text) > LARGEST) throw new Refused("proof.number");
  return BigInt(text);
}

// UTF-8 without control characters but the line feed.
function utf8(data, limit) {
  if (data.length > limit) throw new Refused("proof.text");
  let text;
  try {
    text = decodeText(data);
  } catch {
    throw new Refused("proof.text");
  }
  if (/[\x00-\x09\x0b-\x1f\x7f\ufeff]/.test(text)) throw new Refused("proof.text");
  return text;
}

// Before and after the first `gap`; null where there is none.
function parted(text, gap) {
  const at = text.indexOf(gap);
  return at < 0 ? null : [text.slice(0, at), text.slice(at + gap.length)];
}

// The order of Python, by code points.
function byCodePoints(left, right) {
  const [some, others] = [Array.from(left), Array.from(right)];
  for (let at = 0; at < some.length && at < others.length; at++) {
    const apart = some[at].codePointAt(0) - others[at].codePointAt(0);
    if (apart) return apart;
  }
  return some.length - others.length;
}

const sortedSet = (texts) => [...new Set(texts)].sort(byCodePoints);
const sameList = (left, right) => left.length === right.length && left.every((one, at) => one === right[at]);
const plain = (value) => (typeof value === "bigint" && value < 2n ** 53n ? Number(value) : value);
