// ZIP archives, stored or deflated, read as if a stranger had made them to do harm.

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const USUAL_FLAGS = 0x80e; // how well packed, sizes told afterwards, names in UTF-8
const NEWEST = 63; // version of the format

// [{path, size, read}], or [{link}] and so on as bundle.js takes them, in the order of the directory.
function zipEntries(data) {
  try {
    return directoryOf(data);
  } catch (problem) {
    if (problem instanceof Refused) throw problem;
    throw new Refused("proof.zip"); // an offset beyond the end
  }
}

function directoryOf(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  const begin = view.getUint32(end + 16, true);
  const disks = view.getUint32(end + 4, true); // more than one disk; and archives so large that they need zip64
  const wrong = disks !== 0 || view.getUint16(end + 8, true) !== count || count === 0xffff;
  if (wrong || begin + view.getUint32(end + 12, true) !== end) throw new Refused("proof.zip");
  if (count > 2 * MOST_FILES) throw new Refused("proof.too_many", { most: MOST_FILES });
  const found = [];
  let at = begin;
  for (let left = count; left > 0; left--) {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new Refused("proof.zip");
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    checkExtra(view, at + 46 + nameLength, extraLength);
    found.push({
      version: view.getUint8(at + 6),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      mode: view.getUint32(at + 38, true) >>> 16,
      offset: view.getUint32(at + 42, true),
      name: data.subarray(at + 46, at + 46 + nameLength),
    });
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  if (at !== end) throw new Refused("proof.zip");
  return found.map((entry) => ({
    path: nameOf(entry),
    size: entry.size,
    isLink: ![0, 0x8000].includes(entry.mode & 0xf000),
    isStrange: Boolean(entry.flags & ~USUAL_FLAGS) || ![0, 8].includes(entry.method) || entry.version > NEWEST,
    read: () => unpacked(data, view, entry, begin),
  }));
}

// Further fields are passed over, but they must be whole.
function checkExtra(view, begin, length) {
  let at = begin;
  while (at < begin + length) at += 4 + view.getUint16(at + 2, true);
  if (at !== begin + length) throw new Refused("proof.zip");
}

function endOfDirectory(view) {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    const isEnd = view.getUint32(at, true) === DIRECTORY_END;
    if (isEnd && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw new Refused("proof.zip");
}

function nameOf(entry) {
  try {
    const text = decodeText(entry.name);
    if (entry.flags & 0x800 || !/[^\x00-\x7f]/.test(text)) return text;
  } catch {
    // no UTF-8
  }
  throw new Refused("proof.zip");
}

// The bytes of an entry: exactly as many as it says, with the check sum that it says.
async function unpacked(data, view, entry, limit) {
  try {
    const { offset } = entry;
    const nameLength = view.getUint16(offset + 26, true);
    const begin = offset + 30 + nameLength + view.getUint16(offset + 28, true);
    const name = data.subarray(offset + 30, offset + 30 + nameLength);
    if (view.getUint32(offset, true) !== LOCAL_ENTRY || !same(name, entry.name)) throw new Refused("proof.zip");
    if (begin + entry.packed > limit) throw new Refused("proof.zip");
    const packed = data.subarray(begin, begin + entry.packed);
    const found = entry.method === 8 ? await inflated(packed, entry.size) : packed.slice();
    if (found.length !== entry.size || checkSum(found) !== entry.crc) throw new Refused("proof.zip");
    return found;
  } catch {
    throw new Refused("proof.zip");
  }
}

async function inflated(packed, size) {
  const found = new Uint8Array(size);
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > size) {
      await reader.cancel();
      throw new Refused("proof.zip");
    }
    found.set(value, at);
    at += value.length;
  }
  if (at !== size) throw new Refused("proof.zip");
  return found;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function checkSum(data) {
  let found = 0xffffffff;
  for (const byte of data) found = CRC_TABLE[(found ^ byte) & 255] ^ (found >>> 8);
  return (found ^ 0xffffffff) >>> 0;
}
