// The data: chunks of gzip in base64, each read when it is first needed, and tables with their columns put together.

function bytesOf(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** The JSON in the chunk of that name; null where there is none. */
async function chunk(name) {
  const node = document.getElementById(`chunk-${name}`);
  if (!node) return null;
  const stream = new Blob([bytesOf(node.textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

const kept = new Map();
/** What `make` gives for a key, made once; of blocks only the last few stay. */
function once(key, make, most = 40) {
  if (kept.has(key)) return kept.get(key);
  const made = make();
  kept.set(key, made);
  const blocks = [...kept.keys()].filter((name) => name.startsWith("block"));
  if (blocks.length > most) kept.delete(blocks[0]);
  return made;
}

/** A column of strings: each distinct one once, `codes` say which a row has; 0 is none. */
class Strings {
  constructor(name, rows) {
    this.name = name;
    this.values = [null];
    this.codes = new Uint32Array(rows);
    this.known = new Map([[null, 0]]);
  }
  add(at, packed) {
    const here = packed.values.map((value) => {
      if (!this.known.has(value)) {
        this.known.set(value, this.values.length);
        this.values.push(value);
      }
      return this.known.get(value);
    });
    packed.codes.forEach((code, n) => {
      this.codes[at + n] = here[code];
    });
  }
  at(row) {
    return this.values[this.codes[row]];
  }
  isFilled() {
    return this.values.length > 1;
  }
  folded() {
    this.views ??= this.values.map((value) => (value === null ? "" : this.view(value)));
    return this.views;
  }
  view(value) {
    const said = shown(this.name, value);
    return fold(said === value ? value : `${said} ${value}`);
  }
  /** The place of each row in the order of people's alphabets; those without a value come last. */
  ranks() {
    const compare = new Intl.Collator(LANGUAGE, { numeric: true }).compare;
    const said = this.values.map((value) => (value === null ? null : shown(this.name, value)));
    const order = this.values.map((_, code) => code).slice(1);
    order.sort((a, b) => compare(said[a], said[b]));
    const rank = new Float64Array(this.values.length).fill(NaN);
    order.forEach((code, place) => {
      rank[code] = place;
    });
    return (row) => rank[this.codes[row]];
  }
  /** [value, how many rows have it], the most frequent first. */
  tally(rows) {
    const times = new Uint32Array(this.values.length);
    for (const row of rows) times[this.codes[row]]++;
    const found = this.values.map((value, code) => [value, times[code]]).filter(([value, n]) => value !== null && n);
    return found.sort((a, b) => b[1] - a[1]);
  }
}

/** A column of numbers; NaN is none. */
class Numbers {
  constructor(name, rows) {
    this.name = name;
    this.numbers = new Float64Array(rows).fill(NaN);
  }
  add(at, packed) {
    packed.forEach((number, n) => {
      if (number !== null) this.numbers[at + n] = number;
    });
  }
  at(row) {
    const number = this.numbers[row];
    return Number.isNaN(number) ? null : number;
  }
  isFilled() {
    return this.numbers.some((number) => !Number.isNaN(number));
  }
  ranks() {
    return (row) => this.numbers[row];
  }
}

/** Rows of one table: of a block of documents, or of all of them. */
class Table {
  constructor(name, parts) {
    this.name = name;
    this.spec = INDEX.tables.find((table) => table.name === name);
    this.size = parts.reduce((sum, part) => sum + part.rows, 0);
    this.columns = {};
    for (const { name: column, type } of this.spec.columns) {
      const made = type === "integer" || type === "number" ? new Numbers(column, this.size) : new Strings(column, this.size);
      let at = 0;
      for (const part of parts) {
        made.add(at, part.columns[column]);
        at += part.rows;
      }
      this.columns[column] = made;
    }
  }
  at(row, column) {
    return this.columns[column].at(row);
  }
  all() {
    return Uint32Array.from({ length: this.size }, (_, row) => row);
  }
}

/** The whole of a table, put together the first time that it is asked for. */
function table(name) {
  return once(`table ${name}`, async () => {
    const chunks = name === "entities" ? INDEX.entities : INDEX.blocks.length;
    const names = Array.from({ length: chunks }, (_, at) => (name === "entities" ? `entities-${at}` : `${at}-${name}`));
    return new Table(name, (await Promise.all(names.map(chunk))).filter(Boolean));
  });
}

/** The rows of a table in one block of documents, null where it has none. */
function blockTable(block, name) {
  return once(`block ${block} ${name}`, async () => {
    const part = await chunk(`${block}-${name}`);
    return part ? new Table(name, [part]) : null;
  });
}

const blockTexts = (block) => once(`block ${block} texts`, () => chunk(`${block}-texts`));

/** The block that a document is in, by its number, and its place there. */
function placeOf(number) {
  let first = 0;
  for (let block = 0; block < INDEX.blocks.length; block++) {
    const { documents } = INDEX.blocks[block];
    if (number < first + documents) return { block, at: number - first };
    first += documents;
  }
  return null;
}

/** {name of a document: its number}. */
const numbers = () =>
  once("numbers", async () => {
    const { columns, size } = await table("documents");
    return new Map(Array.from({ length: size }, (_, row) => [columns.document.at(row), row]));
  });
