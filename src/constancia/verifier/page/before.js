// The second half of step 6: that the edition before is really the one that this one continues.

// Steps 1 to 5 and 7 of the bundle of the edition before.
async function readEarlier(source, given, later) {
  return refusing(
    async () => {
      const bundle = await openBundle(source);
      const manifest = await checkWhole(bundle);
      const rules = await readRules(bundle, manifest, given, later);
      await checkSigned(bundle, manifest);
      const [proof, sealed] = await checkSealed(bundle, manifest, rules);
      await checkLogged(manifest, proof, sealed);
      return { bundle, manifest, rules, sealed, edition: await checkContent(bundle, manifest) };
    },
    (refused) => new Refused("proof.previous_bundle", { why: refused.code }),
  );
}

function checkContinues(manifest, rules, then, earlier, expected) {
  if (manifest.previous !== earlier.manifest.content) throw new Refused("proof.previous_content");
  if (then === null || !sameCheckpoint(then.checkpoint, earlier.sealed.checkpoint)) {
    throw new Refused("proof.previous_checkpoint");
  }
  const logs = rules.own.logs;
  const isChanged = [...earlier.rules.own.logs].some(([origin, key]) => {
    const chain = rules.chains.get(origin) ?? [];
    return logs.get(origin)?.text !== key.text && !chain.some((one) => one.text === key.text);
  });
  if (manifest.log !== earlier.manifest.log || isChanged) throw new Refused("proof.previous_keys");
  const accepted = [earlier.manifest.key, expected].filter(Boolean);
  if (!accepted.some((key) => same(key, manifest.key))) throw new Refused("proof.previous_publisher");
}

function checkNamed(edition, earlier) {
  const [named, found] = [edition.previous, earlier.edition];
  const fields = ["number", "as_of", "known_at"];
  if (named === null || fields.some((field) => named[field] !== found[field])) {
    throw new Refused("proof.disagrees", { field: "previous" });
  }
}
