// Steps 7, 8 and 9: the content is the one that the manifest names; the tables add up; the balance closes.

const total = (numbers) => numbers.reduce((sum, one) => sum + BigInt(one), 0n);

async function checkContent(bundle, manifest) {
  const data = bundle.get(CONTENT);
  if (hex(await sha256(data)) !== manifest.content) throw new Refused("proof.content_hash");
  const found = readEdition(data);
  const pairs = [
    ["number", found.number, manifest.edition],
    ...["organisation", "as_of", "known_at", "software"].map((name) => [name, found[name], manifest[name]]),
    ["previous", found.previous ? found.previous.sha256 : null, manifest.previous],
  ];
  for (const [field, here, there] of pairs) {
    if (here !== there) throw new Refused("proof.disagrees", { field });
  }
  if (found.previous && found.previous.number >= found.number) {
    throw new Refused("proof.disagrees", { field: "previous.number" });
  }
  for (const field of ["figures", "tables"]) {
    const names = found[field].map((one) => one.name);
    if (new Set(names).size < names.length) throw new Refused("proof.disagrees", { field });
  }
  checkBounds(found);
  return found;
}

function checkBounds(found) {
  const inOrder = (name, numbers) => {
    if (!(numbers[0] <= numbers[1] && numbers[1] <= numbers[2])) throw new Refused("proof.bounds", { name });
  };
  for (const one of found.figures) inOrder(one.name, [one.lowest, one.value, one.highest]);
  for (const [list, order] of [
    [found.levels, ["lowest", "value", "highest"]],
    [found.daily, ["by_that_day", "within_a_week", "value"]],
  ]) {
    for (const series of list) {
      for (const { day, numbers } of series.points) {
        inOrder(`${series.name} ${day}`, order.map((name) => numbers[name]));
      }
    }
  }
}

// False where the edition has no balance. `previous`: the edition before, or null.
function checkBalance(edition, previous) {
  for (const bridge of edition.bridges) {
    const changes = total(bridge.steps.map((step) => step.change));
    const isBroken = bridge.steps.some((step) => step.came - step.went !== step.change);
    if (isBroken || BigInt(bridge.first) + changes !== BigInt(bridge.second)) throw new Refused("proof.bridge");
  }
  const balance = edition.balance;
  if (!balance) return false;
  for (const term of [...balance.came, ...balance.went]) {
    if (total(term.kinds.map((one) => one.value)) > BigInt(term.value)) {
      throw new Refused("proof.balance_term", { cause: term.cause });
    }
  }
  const [came, went] = [balance.came, balance.went].map((side) => total(side.map((term) => term.value)));
  const closing = BigInt(balance.opening) + came - went;
  if (closing !== BigInt(balance.closing) || BigInt(balance.older_cases) > came) throw new Refused("proof.balance");
  const held = figureOf(edition, "held");
  if (!held || held.value !== balance.closing || held.as_of !== edition.as_of) {
    throw new Refused("proof.balance_closing");
  }
  if (balance.edition !== null) checkOpening(edition, balance, previous);
  return true;
}

function checkOpening(edition, balance, previous) {
  const named = edition.previous;
  const here = [balance.edition, balance.opening_as_of, balance.opening_known_at];
  if (!named || !sameList(here, [named.number, named.as_of, named.known_at])) {
    throw new Refused("proof.balance_opening");
  }
  const held = previous && figureOf(previous, "held");
  if (previous && (!held || held.value !== balance.opening || previous.rule !== edition.rule)) {
    throw new Refused("proof.balance_opening");
  }
}
