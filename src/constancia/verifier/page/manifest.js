// Step 1: every file of the manifest is there, as long and with the SHA-256 it says, and nothing else.

async function readManifest(data) {
  const found = new Part(readCanonical(data));
  if (found.text("format") !== "constancia-manifest-1") throw otherFormat(found);
  if (!found.has("log")) throw new Refused("proof.unlogged");
  const [paths, files] = [[], new Map()];
  for (const one of found.parts("files")) {
    const path = checkPath(one.text("path"));
    paths.push(path);
    files.set(path, { size: one.count("size"), digest: hexadecimal(one.text("sha256")) });
  }
  const isWrong = BESIDE.some((path) => files.has(path)) || !files.has(CONTENT) || !files.has(POLICY);
  if (isWrong || !sameList(paths, sortedSet(paths))) throw new Refused("proof.manifest");
  const previous = found.maybeText("previous");
  const texts = ["organisation", "as_of", "known_at", "frozen_at", "approved_at", "software", "log", "week"];
  return {
    data,
    digest: await sha256(data),
    key: unhex(hexadecimal(found.text("key"))),
    edition: found.count("edition"),
    content: hexadecimal(found.text("content")),
    previous: previous === null ? null : hexadecimal(previous),
    printed: found.maybeText("printed"),
    files,
    ...Object.fromEntries(texts.map((name) => [name, found.text(name)])),
  };
}

async function checkWhole(bundle) {
  const manifest = await readManifest(bundle.get(MANIFEST));
  const absent = [manifest.previous === null && PREVIOUS, manifest.printed === null && PRINTED];
  const expected = BESIDE.filter((path) => !absent.includes(path));
  for (const path of sortedSet([...manifest.files.keys(), ...expected])) bundle.get(path);
  for (const path of sortedSet(bundle.files.keys())) {
    if (!manifest.files.has(path) && !expected.includes(path)) throw new Refused("proof.extra", { path });
  }
  for (const [path, { size, digest }] of manifest.files) {
    const data = bundle.get(path);
    if (data.length !== size) throw new Refused("proof.size", { path, size: data.length, told: size });
    if (hex(await sha256(data)) !== digest) throw new Refused("proof.sha256", { path });
  }
  return manifest;
}

function otherFormat(found) {
  return new Refused("proof.format", { format: Array.from(found.text("format")).slice(0, 60).join("") });
}

function hexadecimal(text) {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Refused("proof.manifest");
  return text;
}

// Step 3: the manifest is signed with the publication key. `expected`: the one the reader had, or null.
async function checkSigned(bundle, manifest, expected = null) {
  const body = b64(joined(unhex("302a300506032b6570032100"), manifest.key));
  const pem = encodeText(`-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----\n`);
  if (!same(bundle.get(KEY_FILE), pem)) throw new Refused("proof.key_file");
  if (expected && !same(manifest.key, expected)) throw new Refused("proof.unexpected_key");
  if (!(await isSigned(manifest.key, manifest.data, bundle.get(SIGNATURE_FILE)))) {
    throw new Refused("proof.manifest_signature");
  }
}
