// Signed notes (C2SP signed-note), verifier keys, and checkpoints (C2SP tlog-checkpoint).

const LARGEST_NOTE = 64000;
const MOST_SIGNATURES = 16;
const SIGNATURE = 1;
const COSIGNATURE = 4;
const NAME = new RegExp(`^[^${SPACE}+\\p{Surrogate}]{1,255}$`, "u");
const SIGNATURE_LINE = new RegExp(`^— ([^${SPACE}+]+) ([A-Za-z0-9+/=]+)$`, "u");

// A verifier key {name, kind, public, id, text}; two with the same text are the same key.
async function readKey(text) {
  const [name, id, ...rest] = text.split("+");
  if (!rest.length || !NAME.test(name)) throw new Refused("proof.key");
  const raw = unb64(rest.join("+"), 33);
  const found = (await sha256(joined(encodeText(`${name}\n`), raw))).slice(0, 4);
  if (![SIGNATURE, COSIGNATURE].includes(raw[0]) || hex(found) !== id) throw new Refused("proof.key");
  return { name, kind: raw[0], public: raw.slice(1), id: hex(found), text };
}

// The text, and who signed it: [{key, time}] in the order of the lines. Lines of other keys are refused, so
// that no byte of a bundle can change unnoticed.
async function openNote(data, keys) {
  const whole = utf8(data, LARGEST_NOTE);
  const at = whole.lastIndexOf("\n\n");
  if (at < 1 || !whole.slice(at + 2).endsWith("\n")) throw new Refused("proof.note");
  const text = whole.slice(0, at + 1);
  const lines = whole.slice(at + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) throw new Refused("proof.signatures");
  const signed = [];
  for (const line of lines) {
    const matched = SIGNATURE_LINE.exec(line);
    if (!matched) throw new Refused("proof.note");
    const blob = unb64(matched[2]);
    const key = keys.find((one) => one.name === matched[1] && one.id === hex(blob.slice(0, 4)));
    if (blob.length < 5 || !key || signed.some((one) => one.key.text === key.text)) {
      throw new Refused("proof.signatures");
    }
    signed.push({ key, time: await timeSigned(text, key, blob.slice(4)) });
  }
  return { text, signed };
}

// Seconds since 1970 of a cosignature that holds (BigInt), null of a signature that holds.
async function timeSigned(text, key, signature) {
  let [message, time, rest] = [text, null, signature];
  if (key.kind === COSIGNATURE) {
    if (signature.length !== 72) throw new Refused("proof.signature");
    time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
    [message, rest] = [`cosignature/v1\ntime ${time}\n${text}`, signature.slice(8)];
  }
  if (!(await isSigned(key.public, encodeText(message), rest))) throw new Refused("proof.signature");
  return time;
}

// {origin, size, root}
function readCheckpoint(text) {
  const lines = text.split("\n");
  if (lines.length !== 4 || lines[3] || !NAME.test(lines[0])) throw new Refused("proof.checkpoint");
  const found = { origin: lines[0], size: numberOf(lines[1]), root: unhash(lines[2]) };
  if (found.size === 0n && !same(found.root, EMPTY_ROOT)) throw new Refused("proof.checkpoint");
  return found;
}

function sameCheckpoint(left, right) {
  return left.origin === right.origin && left.size === right.size && same(left.root, right.root);
}

// A checkpoint signed by one of the keys of its log: [checkpoint, who signed].
async function openCheckpoint(data, keys, witnesses) {
  const note = await openNote(data, [...keys, ...witnesses]);
  const found = readCheckpoint(note.text);
  if (found.origin !== keys[0].name) throw new Refused("proof.origin");
  const isSigned = note.signed.some((one) => keys.some((key) => key.text === one.key.text));
  if (!isSigned) throw new Refused("proof.unsigned");
  return [found, note.signed];
}

// A checkpoint in words for paper: origin, size, and the root's first half as proquints.
function spoken(checkpoint) {
  const [consonants, vowels] = ["bdfghjklmnprstvz", "aiou"];
  const words = [];
  for (let at = 0; at < 16; at += 2) {
    const value = (checkpoint.root[at] << 8) | checkpoint.root[at + 1];
    words.push(
      consonants[value >> 12] + vowels[(value >> 10) & 3] + consonants[(value >> 6) & 15] +
        vowels[(value >> 4) & 3] + consonants[value & 15],
    );
  }
  return `${checkpoint.origin} ${checkpoint.size} ${words.join("-")}`;
}
