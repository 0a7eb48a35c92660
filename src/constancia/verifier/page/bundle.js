// A bundle as it lies there, zip or folder: every file of it, and nothing whose name could mean two things.

const MOST_FILES = 2000;
const LARGEST_FILE = 256 * 2 ** 20;
const LARGEST_BUNDLE = 512 * 2 ** 20;
const LONGEST_PATH = 200;
const DEEPEST = 6;

const [MANIFEST, SIGNATURE_FILE, KEY_FILE] = ["manifiesto.json", "manifiesto.firma", "clave.pem"];
const CONTENT = "datos/edicion.json";
const POLICY = "prueba/politica.txt";
const [ROSTER_SEAL, CUT, TOTALS] = ["prueba/casos.sello", "prueba/casos.txt", "prueba/totales.json"];
const [TLOG_PROOF, PREVIOUS] = ["prueba/manifiesto.tlog-proof", "prueba/anterior.txt"];
const PRINTED = "prueba/impreso.txt";
const CHAIN = "prueba/llaves.json";
const BESIDE = [MANIFEST, SIGNATURE_FILE, KEY_FILE, TLOG_PROOF, PREVIOUS, PRINTED];

const AT_AN_END = new RegExp(`^[${SPACE}]|[${SPACE}]$|\\.$`, "u");

class Bundle {
  // `files`: path → bytes.
  constructor(files) {
    this.files = files;
  }

  has(path) {
    return this.files.has(path);
  }

  get(path) {
    const found = this.files.get(path);
    if (found === undefined) throw new Refused("proof.missing", { path });
    return found;
  }
}

function checkPath(path) {
  const parts = path.split("/");
  const length = Array.from(path).length;
  if (
    length === 0 || length > LONGEST_PATH || parts.length > DEEPEST ||
    /[\x00-\x1f\x7f\\:*?"<>|]|\p{Surrogate}/u.test(path) ||
    parts.some((part) => ["", ".", ".."].includes(part) || AT_AN_END.test(part)) ||
    path.normalize("NFC") !== path
  ) {
    throw new Refused("proof.path");
  }
  return path;
}

// `source`: {zip: File or Blob}, {folder: [{path, file}]} or {files: path → bytes}.
async function openBundle(source) {
  if (source.files) return new Bundle(source.files);
  if (source.folder) return new Bundle(await bounded(folderEntries(source.folder)));
  if (source.zip.size > 2 * LARGEST_BUNDLE) throw new Refused("proof.too_large", { path: source.zip.name ?? "" });
  let data;
  try {
    data = new Uint8Array(await source.zip.arrayBuffer());
  } catch {
    throw new Refused("proof.unreadable");
  }
  return new Bundle(await openZip(data));
}

const openZip = (data) => bounded(zipEntries(data));

function folderEntries(list) {
  const sorted = [...list].sort((left, right) => byCodePoints(left.path, right.path));
  return sorted.map(({ path, file }) => ({
    path,
    size: file.size,
    read: async () => {
      try {
        return new Uint8Array(await file.arrayBuffer());
      } catch {
        throw new Refused("proof.unreadable");
      }
    },
  }));
}

async function bounded(entries) {
  const [found, seen] = [new Map(), new Set()];
  let left = LARGEST_BUNDLE;
  for (const { path, size, read, isLink, isStrange } of entries) {
    if (path.endsWith("/") && !size) {
      checkPath(path.replace(/\/+$/, ""));
      continue;
    }
    checkPath(path);
    if (isLink) throw new Refused("proof.link", { path });
    if (isStrange) throw new Refused("proof.zip");
    const folded = path.toUpperCase().toLowerCase();
    if (seen.has(folded)) throw new Refused("proof.twice", { path });
    seen.add(folded);
    if (seen.size > MOST_FILES) throw new Refused("proof.too_many", { most: MOST_FILES });
    if (size > Math.min(LARGEST_FILE, left)) throw new Refused("proof.too_large", { path });
    const data = await read();
    if (data.length !== size) throw new Refused("proof.unreadable");
    left -= size;
    found.set(path, data);
  }
  return found;
}
