// The files that show a place in the log: C2SP tlog-proof, the growth since the edition before, and entries.

const LARGEST_PROOF = 128000;
const WEEK = /^[0-9]{4}-W(?:0[1-9]|[1-4][0-9]|5[0-3])$/;

// {index, hashes, checkpoint}. A line `extra`, which nobody signs, is refused.
function readTlogProof(data) {
  const parts = parted(utf8(data, LARGEST_PROOF), "\n\n");
  const lines = parts ? parts[0].split("\n") : [];
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Refused("proof.form");
  const hasExtra = lines.length > 0 && lines[0].startsWith("extra ");
  const hasBytes = hasExtra && unb64(lines.shift().slice(6)).length > 0;
  if ((hasExtra && !hasBytes) || !lines.length || !lines[0].startsWith("index ")) throw new Refused("proof.form");
  const index = numberOf(lines[0].slice(6));
  const hashes = unhashes(lines.slice(1));
  if (hasExtra) throw new Refused("proof.form");
  return { index, hashes, checkpoint: encodeText(parts[1]) };
}

// {size, hashes, checkpoint}
function readPrevious(data) {
  const parts = parted(utf8(data, LARGEST_PROOF), "\n\n");
  const [first, ...lines] = parts ? parts[0].split("\n") : [""];
  if (!first.startsWith("old ")) throw new Refused("proof.previous");
  return { size: numberOf(first.slice(4)), hashes: unhashes(lines), checkpoint: encodeText(parts[1]) };
}

// The leaf of what is recorded. Raises for a week of another form.
function entryLeaf(kind, week, root) {
  if (!WEEK.test(week)) throw new Refused("proof.entry");
  return leafHash(encodeText(`constancia/leaf/v1\n${kind}\n${week}\n${b64(root)}\n`));
}
