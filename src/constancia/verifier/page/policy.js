// Whom to believe: logs, witnesses, and how many of these must have signed (C2SP tlog-policy).

const LARGEST_POLICY = 64000;
const POLICY_WORD = new RegExp(`^[^${SPACE}]{1,255}$`, "u");

class Policy {
  // `logs`: origin → key; `witnesses`, `groups`: by name; `quorum`: a name, null for nobody; `urls`: key → where.
  constructor() {
    this.logs = new Map();
    this.witnesses = new Map();
    this.groups = new Map();
    this.urls = new Map();
    this.quorum = undefined;
    this.publics = new Set();
    this.members = new Set();
  }

  static async read(data) {
    const text = utf8(data.map((byte) => (byte === 9 ? 32 : byte)), LARGEST_POLICY);
    if (!text.endsWith("\n")) throw new Refused("proof.policy", { line: text.split("\n").length });
    const found = new Policy();
    for (const [place, line] of text.slice(0, -1).split("\n").entries()) {
      const words = line.split(" ").filter(Boolean);
      if (words.length && !words[0].startsWith("#")) await found.take(words, place + 1);
    }
    if (found.quorum === undefined) throw new Refused("proof.policy_quorum");
    if (!found.logs.size) throw new Refused("proof.policy_logs");
    return found;
  }

  async take(words, line) {
    const [kind, ...rest] = words;
    const many = rest.length;
    if (!words.every((word) => POLICY_WORD.test(word))) throw new Refused("proof.policy", { line });
    if (kind === "log" && (many === 1 || many === 2)) {
      const key = await this.key(rest[0], rest[1], SIGNATURE, line);
      if (this.logs.has(key.name)) throw new Refused("proof.policy_twice", { line });
      this.logs.set(key.name, key);
    } else if (kind === "witness" && (many === 2 || many === 3)) {
      this.define(rest[0], line);
      this.witnesses.set(rest[0], await this.key(rest[1], rest[2], COSIGNATURE, line));
    } else if (kind === "group" && many > 2) {
      this.define(rest[0], line);
      this.join(rest.slice(2), line);
      this.groups.set(rest[0], { needed: threshold(rest[1], many - 2, line), members: rest.slice(2) });
    } else if (kind === "quorum" && many === 1) {
      if (this.quorum !== undefined) throw new Refused("proof.policy_twice", { line });
      if (rest[0] !== "none") this.known(rest[0], line);
      this.quorum = rest[0] === "none" ? null : rest[0];
    } else {
      throw new Refused("proof.policy", { line });
    }
  }

  async key(text, url, kind, line) {
    const key = await readKey(text);
    if (key.kind !== kind) throw new Refused("proof.policy", { line });
    if (this.publics.has(hex(key.public))) throw new Refused("proof.policy_twice", { line });
    this.publics.add(hex(key.public));
    if (url) this.urls.set(key.text, url);
    return key;
  }

  define(name, line) {
    if (name === "none") throw new Refused("proof.policy_name", { line });
    if (this.isKnown(name)) throw new Refused("proof.policy_twice", { line });
  }

  join(members, line) {
    for (const member of members) {
      this.known(member, line);
      if (this.members.has(member)) throw new Refused("proof.policy_twice", { line });
      this.members.add(member);
    }
  }

  known(name, line) {
    if (!this.isKnown(name)) throw new Refused("proof.policy_name", { line });
  }

  isKnown(name) {
    return this.witnesses.has(name) || this.groups.has(name);
  }

  // Whether the keys whose signatures hold are enough witnesses.
  met(keys) {
    const texts = new Set(keys.map((key) => key.text));
    const told = new Map();
    for (const [name, key] of this.witnesses) told.set(name, texts.has(key.text));
    for (const [name, group] of this.groups) {
      told.set(name, group.members.filter((member) => told.get(member)).length >= group.needed);
    }
    return this.quorum === null || told.get(this.quorum);
  }

  // The same text for the same rules, whatever the order of their lines.
  shape() {
    const sorted = (map, shape) => [...map].map(([name, one]) => [name, shape(one)]).sort();
    return JSON.stringify([
      sorted(this.logs, (key) => key.text),
      sorted(this.witnesses, (key) => key.text),
      sorted(this.groups, (group) => [group.needed, group.members]),
      sorted(this.urls, (url) => url),
      this.quorum,
    ]);
  }
}

function threshold(needed, members, line) {
  if (needed === "all") return members;
  if (needed === "any") return 1;
  const found = /^[1-9][0-9]{0,8}$/.test(needed) ? Number(needed) : 0;
  if (found < 1 || found > members) throw new Refused("proof.policy", { line });
  return found;
}
