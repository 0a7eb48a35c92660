// JSON that is accepted in one form only (RFC 8785, whole numbers), and its parts, each of the type asked for.

const LARGEST_JSON = 64 * 2 ** 20;
const DEEPEST_JSON = 900;

function canonicalText(value, depth = 0) {
  if (depth > DEEPEST_JSON) throw new Refused("proof.json");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  if (typeof value === "string" && !/\p{Surrogate}/u.test(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one) => canonicalText(one, depth + 1)).join(",")}]`;
  if (typeof value === "object") {
    const keys = Object.keys(value).sort(); // by UTF-16 units, as RFC 8785 asks
    const told = keys.map((key) => `${canonicalText(key)}:${canonicalText(value[key], depth + 1)}`);
    return `{${told.join(",")}}`;
  }
  throw new Refused("proof.json");
}

function readCanonical(data, limit = LARGEST_JSON) {
  if (data.length > limit) throw new Refused("proof.json");
  let text, found, again;
  try {
    text = decodeText(data);
    found = JSON.parse(text);
    again = canonicalText(found);
  } catch {
    throw new Refused("proof.json");
  }
  if (again !== text) throw new Refused("proof.json");
  return found;
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function hasKeys(value, keys) {
  return isObject(value) && sameList(Object.keys(value).sort(), [...keys].sort());
}

class Part {
  constructor(value, where = "") {
    if (!isObject(value)) throw new Refused("proof.content", { field: where || "{}" });
    this.value = value;
    this.where = where;
  }

  get(name) {
    return Object.hasOwn(this.value, name) ? this.value[name] : null;
  }

  has(name) {
    return this.get(name) !== null;
  }

  is(name, holds) {
    const found = this.get(name);
    if (!holds(found)) throw this.wrong(name);
    return found;
  }

  text(name) {
    return this.is(name, (found) => typeof found === "string");
  }

  number(name) {
    return this.is(name, (found) => typeof found === "number");
  }

  count(name) {
    return this.is(name, (found) => typeof found === "number" && found >= 0);
  }

  flag(name) {
    return this.is(name, (found) => typeof found === "boolean");
  }

  maybeText(name) {
    return this.has(name) ? this.text(name) : null;
  }

  maybeCount(name) {
    return this.has(name) ? this.count(name) : null;
  }

  part(name) {
    return new Part(this.get(name), this.named(name));
  }

  maybePart(name) {
    return this.has(name) ? this.part(name) : null;
  }

  items(name) {
    return this.is(name, Array.isArray);
  }

  parts(name) {
    return this.items(name).map((item, place) => new Part(item, `${this.named(name)}[${place}]`));
  }

  texts(name) {
    return this.allText(this.items(name), name);
  }

  textLists(name) {
    return this.items(name).map((item) => this.allText(item, name));
  }

  allText(found, name) {
    if (!Array.isArray(found) || !found.every((one) => typeof one === "string")) throw this.wrong(name);
    return found;
  }

  named(name) {
    return this.where ? `${this.where}.${name}` : name;
  }

  wrong(name) {
    return new Refused("proof.content", { field: this.named(name) });
  }
}
