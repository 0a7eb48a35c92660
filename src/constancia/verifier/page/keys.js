// How a log changed its key: the old one signed the new one, and the log holds it.

const LARGEST_CHAIN = 2000000;
const MOST_CHANGES = 200;
const KEYS_TITLE = "constancia/keys/v1";
const KEYS_UNTIL = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;

// The changes of a file: [{text, week, index, hashes, change: {old, new, until}}] in their order.
async function readChanges(data) {
  const found = readCanonical(data, LARGEST_CHAIN);
  if (!hasOnly(found, ["format", "changes"]) || found.format !== "constancia-key-chain-1") {
    throw new Refused("proof.key_chain");
  }
  const { changes } = found;
  if (!Array.isArray(changes) || changes.length < 1 || changes.length > MOST_CHANGES) {
    throw new Refused("proof.key_chain");
  }
  const placed = changes.map(placedChange);
  for (const one of placed) one.change = await readChange(one.text);
  return placed;
}

// Origin → the keys of a log, the first one first.
function chainsOf(changes) {
  const found = new Map();
  for (const { change } of changes) {
    const before = found.get(change.old.name) ?? [change.old];
    const isThere = before.some((key) => key.text === change.new.text);
    if (before.at(-1).text !== change.old.text || isThere) throw new Refused("proof.key_chain");
    found.set(change.old.name, [...before, change.new]);
  }
  return found;
}

// That every change is in the log at that checkpoint.
async function checkPlaced(changes, checkpoint) {
  for (const { text, week, index, hashes } of changes) {
    const leaf = await entryLeaf("keys", week, await sha256(encodeText(text)));
    await checkInclusion(index, checkpoint.size, leaf, hashes, checkpoint.root);
  }
}

function placedChange(found) {
  if (!hasOnly(found, ["text", "week", "index", "hashes"])) throw new Refused("proof.key_chain");
  const { text, week, index, hashes } = found;
  const isRight = typeof text === "string" && typeof week === "string" && WEEK.test(week);
  if (!isRight || typeof index !== "number" || index < 0) throw new Refused("proof.key_chain");
  const areText = Array.isArray(hashes) && hashes.every((one) => typeof one === "string");
  if (!areText) throw new Refused("proof.key_chain");
  return { text, week, index: BigInt(index), hashes: unhashes(hashes) };
}

// {old, new, until} where both keys signed it.
async function readChange(text) {
  try {
    const found = JSON.parse(text);
    const lines = found.note;
    const isRight = hasOnly(found, ["format", "note"]) && found.format === "constancia-keys-1";
    if (!isRight || lines.length !== 7 || lines[0] !== KEYS_TITLE || !KEYS_UNTIL.test(lines[3])) {
      throw new Refused("proof.key_change");
    }
    const [old, next] = [await readKey(lines[1]), await readKey(lines[2])];
    const areSigning = old.kind === SIGNATURE && next.kind === SIGNATURE;
    if (old.name !== next.name || old.text === next.text || !areSigning) throw new Refused("proof.key_change");
    const note = await openNote(encodeText(lines.map((line) => `${line}\n`).join("")), [old, next]);
    const signers = note.signed.map((one) => one.key.text);
    const told = `${KEYS_TITLE}\n${old.text}\n${next.text}\n${lines[3]}\n`;
    if (note.text !== told || !sameList(signers, [old.text, next.text])) throw new Refused("proof.key_change");
    return { old, new: next, until: lines[3] };
  } catch {
    throw new Refused("proof.key_change");
  }
}

function hasOnly(found, names) {
  const isObject = typeof found === "object" && found !== null && !Array.isArray(found);
  return isObject && sameList(Object.keys(found).sort(), [...names].sort());
}
