// The Merkle tree of RFC 6962 and RFC 9162, strictly: a proof has exactly one length. Sizes are BigInt.

const EMPTY_ROOT = unhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

const leafHash = (entry) => sha256(joined(Uint8Array.of(0), entry));
const nodeHash = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

const bitLength = (value) => (value === 0n ? 0 : value.toString(2).length);
const bitCount = (value) => [...value.toString(2)].filter((bit) => bit === "1").length;

async function rootOf(leaves) {
  let level = leaves;
  while (level.length > 1) {
    const above = [];
    for (let at = 0; at + 1 < level.length; at += 2) above.push(nodeHash(level[at], level[at + 1]));
    if (level.length % 2) above.push(level[level.length - 1]);
    level = await Promise.all(above);
  }
  return level.length ? level[0] : EMPTY_ROOT;
}

async function checkInclusion(index, size, leaf, proof, root) {
  if (!(index < size && size <= LARGEST)) throw new Refused("proof.index");
  const inner = bitLength(index ^ (size - 1n));
  if (proof.length !== inner + bitCount(index >> BigInt(inner))) throw new Refused("proof.length");
  let found = leaf;
  for (const [place, one] of proof.entries()) {
    const right = place >= inner || (index >> BigInt(place)) & 1n;
    found = await (right ? nodeHash(one, found) : nodeHash(found, one));
  }
  if (!same(found, root)) throw new Refused("proof.inclusion");
}

async function checkConsistency(older, newer, proof, olderRoot, newerRoot) {
  if (!(older > 0n && older <= newer && newer <= LARGEST)) throw new Refused("proof.sizes");
  if (older === newer) {
    if (proof.length) throw new Refused("proof.length");
    if (!same(olderRoot, newerRoot)) throw new Refused("proof.consistency");
    return;
  }
  const shift = bitLength(older & -older) - 1;
  const inner = bitLength((older - 1n) ^ (newer - 1n)) - shift;
  const border = bitCount((older - 1n) >> BigInt(inner + shift));
  const start = older === 1n << BigInt(shift) ? 0 : 1;
  if (proof.length !== start + inner + border) throw new Refused("proof.length");
  let small = start ? proof[0] : olderRoot;
  let large = small;
  const mask = (older - 1n) >> BigInt(shift);
  for (const [place, one] of proof.slice(start).entries()) {
    if (place >= inner || (mask >> BigInt(place)) & 1n) {
      small = await nodeHash(one, small);
      large = await nodeHash(one, large);
    } else {
      large = await nodeHash(large, one);
    }
  }
  if (!same(small, olderRoot) || !same(large, newerRoot)) throw new Refused("proof.consistency");
}
