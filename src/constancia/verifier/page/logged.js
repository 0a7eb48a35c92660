// Steps 2, 4, 5 and 6: whose rules, who signed the state of the log, what is in it, and that it only grew.

class Rules {
  // `policy` decides: the reader's, or else the bundle's `own`; `changes` of keys as the bundle shows them;
  // `chains`: origin → the keys of a log, the first one first.
  constructor(own, given, changes, chains) {
    this.own = own;
    this.policy = given ?? own;
    this.isGiven = given !== null;
    this.changes = changes;
    this.chains = chains;
  }

  // The keys of a log: the one that reader and bundle name, or all of the chain that joins theirs.
  log(origin) {
    const key = this.policy.logs.get(origin);
    const start = Array.from(origin).slice(0, 255).join("");
    if (!key) throw new Refused("proof.policy_log", { origin: start });
    const chain = this.chains.get(origin) ?? [key];
    const isIn = (one) => chain.some((other) => other.text === one?.text);
    if (!isIn(key) || !isIn(this.own.logs.get(origin))) throw new Refused("proof.policy_key", { origin });
    return chain;
  }

  // Everybody whose signature is looked at, in the order in which they must stand.
  witnesses() {
    const found = new Map();
    for (const key of [...this.own.witnesses.values(), ...this.policy.witnesses.values()]) {
      if (!found.has(key.text)) found.set(key.text, key);
    }
    return [...found.values()];
  }
}

// `later`: the rules of an edition that continues this one, whose chain of keys reaches back to it.
async function readRules(bundle, manifest, given, later = null) {
  const own = await Policy.read(bundle.get(POLICY));
  const changes = manifest.files.has(CHAIN) ? await readChanges(bundle.get(CHAIN)) : [];
  const chains = new Map([...chainsOf(changes), ...(later?.chains ?? [])]);
  const rules = new Rules(own, given === null ? null : await Policy.read(given), changes, chains);
  rules.log(manifest.log);
  return rules;
}

// {checkpoint, seen: [[witness, seconds]]}
async function checkSeal(note, log, rules) {
  const [checkpoint, signed] = await openCheckpoint(note, log, rules.witnesses());
  return enough(checkpoint, signed, log, rules);
}

function enough(checkpoint, signed, log, rules) {
  const order = [...log, ...rules.witnesses()].map((key) => key.text);
  const places = signed.map((one) => order.indexOf(one.key.text));
  if (places.some((place, at) => at > 0 && place < places[at - 1])) throw new Refused("proof.signature_order");
  if (!rules.policy.met(signed.map((one) => one.key))) throw new Refused("proof.quorum");
  const seen = signed.filter((one) => one.time !== null).map((one) => [one.key.name, one.time]);
  return { checkpoint, seen };
}

// [proof, sealed]
async function checkSealed(bundle, manifest, rules) {
  const proof = readTlogProof(bundle.get(TLOG_PROOF));
  return [proof, await checkSeal(proof.checkpoint, rules.log(manifest.log), rules)];
}

async function checkLogged(manifest, proof, sealed) {
  const leaf = await entryLeaf("edition", manifest.week, manifest.digest);
  const { size, root } = sealed.checkpoint;
  await checkInclusion(proof.index, size, leaf, proof.hashes, root);
  return proof.index;
}

// An older state of the log in a file like prueba/anterior.txt, out of which that of `now` grew.
async function grownFrom(data, log, rules, now) {
  const found = readPrevious(data);
  const [older, signed] = await openCheckpoint(found.checkpoint, log, rules.witnesses());
  if (now.checkpoint.origin !== log[0].name) throw new Refused("proof.origin");
  if (older.size !== found.size) throw new Refused("proof.sizes");
  const { size, root } = now.checkpoint;
  await checkConsistency(older.size, size, found.hashes, older.root, root);
  return [older, signed];
}

// The state of the log that the edition prints, in words; null where it prints none.
async function checkPrinted(bundle, manifest, rules, now) {
  if (manifest.printed === null) {
    if (rules.changes.length) throw new Refused("proof.key_chain");
    return null;
  }
  const form = /^[^ ]+ [0-9]+ [a-z]{5}(-[a-z]{5}){7}$/;
  if (!form.test(manifest.printed)) throw new Refused("proof.words");
  const log = rules.log(manifest.log);
  const [older, signed] = await grownFrom(bundle.get(PRINTED), log, rules, now);
  enough(older, signed, log, rules);
  if (spoken(older) !== manifest.printed) throw new Refused("proof.printed");
  // The keys changed before the edition was made: the log that it was made from holds every change.
  await checkPlaced(rules.changes, older);
  return manifest.printed;
}

// The state of the log at the edition before, null for the first edition.
async function checkGrown(bundle, manifest, rules, now) {
  if (manifest.previous === null) return null;
  const log = rules.log(manifest.log);
  const [older, signed] = await grownFrom(bundle.get(PREVIOUS), log, rules, now);
  return enough(older, signed, log, rules);
}
