// All that is checked of a bundle, in order; numbers, results and words are those of verificar.py.

const [OK, FAILS, ABSENT, NOT_RUN, SKIPPED] = ["ok", "fails", "absent", "not_run", "skipped"];

// `asked`: {bundle, previous} as openBundle takes them, `policy` (bytes), `key` (32 bytes), `skip` (whether to
// leave the experimental proof). All steps; `onStep` is told of each, `onProgress` of its number and share.
async function verify(asked, onStep = () => {}, onProgress = () => {}) {
  const run = new Run(asked);
  const [steps, held] = [[], new Set()];
  for (const [number, name, needs] of ALL_STEPS) {
    run.seen = [];
    run.progress = (share) => onProgress(number, share);
    await run.progress(0);
    const lacking = needs.find((one) => !held.has(one));
    const step = lacking === undefined ? await oneStep(run, name) : notRun(steps[lacking - 1], lacking);
    if (step.result === OK) held.add(number);
    steps.push({ step: number, name, code: null, params: {}, after: null, seen: run.seen, ...step });
    await onStep(steps.at(-1));
  }
  const failed = steps.filter((one) => one.result === FAILS).map((one) => one.step);
  const holds = steps.every((one) => [OK, ABSENT, SKIPPED].includes(one.result));
  return { holds, failed, steps };
}

function notRun(blocked, lacking) {
  if ([ABSENT, SKIPPED].includes(blocked.result)) return { result: blocked.result };
  return { result: NOT_RUN, after: lacking };
}

async function oneStep(run, name) {
  try {
    return { result: await run[name]() };
  } catch (problem) {
    if (problem instanceof Refused) return { result: FAILS, code: problem.code, params: problem.params };
    // Whatever a stranger's file does, it ends as a failed step.
    return { result: FAILS, code: "proof.unforeseen", params: { kind: problem?.name ?? "?" } };
  }
}

class Run {
  constructor(asked) {
    this.asked = { previous: null, policy: null, key: null, skip: false, ...asked };
    this.earlier = null;
    this.then = null;
  }

  tell(word, params = {}, loud = false) {
    const told = Object.entries(params).map(([name, value]) => [name, plain(value)]);
    this.seen.push({ word, params: Object.fromEntries(told), loud });
  }

  warn(word, params = {}) {
    this.tell(word, params, true);
  }

  async whole() {
    this.bundle = await openBundle(this.asked.bundle);
    this.manifest = await checkWhole(this.bundle);
    this.tell("files", { count: this.manifest.files.size });
    return OK;
  }

  async policy() {
    this.rules = await readRules(this.bundle, this.manifest, this.asked.policy);
    const { policy, own, isGiven } = this.rules;
    if (!isGiven) this.warn("own_rules");
    else if (policy.shape() !== own.shape()) this.tell("other_rules");
    for (const key of policy.logs.values()) this.tell("log_key", { key: key.text });
    for (const { change } of this.rules.changes) {
      this.tell("key_followed", { key: change.new.text, until: change.until });
    }
    if (policy.quorum === null) this.warn("no_quorum");
    return OK;
  }

  async signed() {
    const { key, previous } = this.asked;
    await checkSigned(this.bundle, this.manifest, key);
    this.tell(key ? "expected_key" : "publication_key", { key: hex(this.manifest.key) }, !key && !previous);
    return OK;
  }

  async checkpoint() {
    [this.proof, this.sealed] = await checkSealed(this.bundle, this.manifest, this.rules);
    this.tell("root", { words: spoken(this.sealed.checkpoint) });
    for (const [name, seconds] of this.sealed.seen) this.tell("witness", { name, time: inUtc(seconds) });
    return OK;
  }

  async logged() {
    const index = await checkLogged(this.manifest, this.proof, this.sealed);
    this.tell("leaf", { index, size: this.sealed.checkpoint.size, week: this.manifest.week });
    const printed = await checkPrinted(this.bundle, this.manifest, this.rules, this.sealed);
    if (printed !== null) this.tell("printed", { words: printed });
    return OK;
  }

  async grown() {
    const { previous, policy, key } = this.asked;
    this.then = await checkGrown(this.bundle, this.manifest, this.rules, this.sealed);
    if (previous) {
      const earlier = await readEarlier(previous, policy, this.rules);
      checkContinues(this.manifest, this.rules, this.then, earlier, key);
      this.earlier = earlier;
      this.tell("same_edition", { edition: earlier.edition.number });
      if (!same(this.manifest.key, earlier.manifest.key)) this.warn("key_changed");
    }
    if (!this.then) {
      this.tell("first_edition");
      return ABSENT;
    }
    this.tell("root_before", { words: spoken(this.then.checkpoint) });
    if (!this.earlier) this.warn("not_compared");
    return OK;
  }

  async content() {
    this.edition = await checkContent(this.bundle, this.manifest);
    if (this.earlier) checkNamed(this.edition, this.earlier);
    const { number, as_of, known_at } = this.edition;
    this.tell("edition", { edition: number, as_of, known_at });
    return OK;
  }

  tables() {
    const many = this.edition.tables.length;
    this.tell("tables", { count: checkAdding(this.edition), of: many });
    return many ? OK : ABSENT;
  }

  balance() {
    if (!checkBalance(this.edition, this.earlier ? this.earlier.edition : null)) return ABSENT;
    const { opening, closing } = this.edition.balance;
    this.tell("balance", { opening, closing });
    return OK;
  }

  async roster() {
    if (!hasTotals(this.bundle)) return ABSENT;
    this.proven = await checkCut(this.bundle, this.manifest, this.rules);
    this.tell("cases", { count: this.proven.cut.lines.length });
    this.tell("root", { words: spoken(this.proven.roster.checkpoint) });
    return OK;
  }

  async group() {
    if (this.asked.skip) return SKIPPED;
    this.points = await checkPoints(this.proven.totals, this.proven.cut, this.progress);
    return OK;
  }

  async bits() {
    await checkBits(this.proven.totals, this.proven.cut, this.points, this.progress);
    return OK;
  }

  async cases() {
    await checkTables(this.proven.totals, this.proven.cut, this.points);
    return OK;
  }

  async sums() {
    const { totals } = this.proven;
    await checkSums(totals, this.points);
    const unproven = checkPublished(totals, this.edition);
    this.tell("proven", { count: totals.sums.get("").get(""), tables: totals.layout.length - 1 });
    if (unproven.length) this.tell("unproven", { tables: unproven.join(", ") });
    return OK;
  }

  async roster_grown() {
    if (!this.earlier) {
      this.tell("not_asked");
      return ABSENT;
    }
    const count = await checkRosterGrown(this.proven, this.earlier);
    if (count === null) return ABSENT;
    this.tell("cases_before", { count });
    return OK;
  }

  async copies() {
    const count = await checkCopies(this.bundle, this.edition);
    this.tell("copies", { count });
    return count ? OK : ABSENT;
  }
}

function inUtc(seconds) {
  if (seconds > 253402300799n) return String(seconds); // after the year 9999
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ")}Z`;
}

// Number, name, and the steps without which it cannot be asked. Step 17, the receipt, is only in verificar.py.
const ALL_STEPS = [
  [1, "whole", []],
  [2, "policy", [1]],
  [3, "signed", [1]],
  [4, "checkpoint", [2]],
  [5, "logged", [4]],
  [6, "grown", [4]],
  [7, "content", [1]],
  [8, "tables", [7]],
  [9, "balance", [7]],
  [10, "roster", [2, 7]],
  [11, "group", [10]],
  [12, "bits", [11]],
  [13, "cases", [12]],
  [14, "sums", [13]],
  [15, "roster_grown", [6, 10]],
  [16, "copies", [7]],
];
