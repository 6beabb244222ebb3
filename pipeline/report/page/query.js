// Which rows of a table hold what was asked for, and in which order.

const CHOICES = 40;

/** Whether a column is best asked by a list of what it has. */
const isChoice = (column) => column instanceof Strings && column.values.length <= CHOICES + 1;

const BOUNDS = /^(?:(>=|<=|>|<)\s*(\S+)|(\S*?)\.\.(\S*))$/;

/** What a filter such as « >5 », « 3..8 », « 2024-05.. » asks of numbers or of dates; null where it is no such thing. */
function bounds(words) {
  const found = BOUNDS.exec(words.trim());
  if (!found) return null;
  const [, sign, limit, from, to] = found;
  if (!sign) return { from: from || null, to: to || null };
  return sign[0] === ">" ? { from: limit, open: sign === ">" } : { to: limit, open: sign === "<" };
}

function numberTest(words) {
  const limits = bounds(words);
  const value = (text) => Number(text.replace(",", "."));
  if (!limits) return (number) => number === value(words.trim());
  const from = limits.from ? value(limits.from) : -Infinity;
  const to = limits.to ? value(limits.to) : Infinity;
  return (number) => number >= from && number <= to && !(limits.open && (number === from || number === to));
}

function stringTest(column, words) {
  const limits = column.name.startsWith("date_") || column.name === "published" ? bounds(words) : null;
  if (limits) {
    const { from, to, open } = limits;
    const within = (value) =>
      (!from || (open ? value > from && !value.startsWith(from) : value >= from)) &&
      (!to || (open ? value < to : value <= to || value.startsWith(to)));
    return (value) => value !== null && within(value);
  }
  const wanted = terms(words);
  return (value, view) => wanted.every((word) => view.includes(word));
}

/** Keeps of `rows` those whose cell in a column holds what is asked; « = » in front means exactly that. */
function filtered(rows, column, asked) {
  if (column instanceof Numbers) {
    const test = numberTest(asked);
    return rows.filter((row) => test(column.numbers[row]));
  }
  const exact = asked.startsWith("=") ? asked.slice(1) : null;
  const test = exact === null ? stringTest(column, asked) : (value) => (value ?? "") === exact;
  const views = exact === null ? column.folded() : [];
  const holds = Uint8Array.from(column.values, (value, code) => (test(value, views[code]) ? 1 : 0));
  return rows.filter((row) => holds[column.codes[row]]);
}

/** Keeps of `rows` those that have each of the words in some column. */
function searched(rows, from, query) {
  const columns = Object.values(from.columns);
  for (const word of terms(query)) {
    const strings = columns.filter((column) => column instanceof Strings);
    const holds = strings.map((column) => Uint8Array.from(column.folded(), (view) => (view.includes(word) ? 1 : 0)));
    const number = Number(word.replace(",", "."));
    const digits = Number.isNaN(number) ? [] : columns.filter((column) => ["count", "amount", "amount_max", "edition", "value"].includes(column.name) && column instanceof Numbers);
    rows = rows.filter(
      (row) =>
        strings.some((column, n) => holds[n][column.codes[row]]) || digits.some((column) => column.numbers[row] === number),
    );
  }
  return rows;
}

/** The rows in the order of a column, those without a value last whatever the direction. */
function sorted(rows, column, down) {
  const rank = column.ranks();
  const sign = down ? -1 : 1;
  return rows.slice().sort((a, b) => {
    const [first, second] = [rank(a), rank(b)];
    if (Number.isNaN(first) || Number.isNaN(second)) return Number.isNaN(first) - Number.isNaN(second) || a - b;
    return sign * (first - second) || a - b;
  });
}

/** The rows that a query asks for: { q, sort, filters: {column: words} }. */
function asked(from, { q, sort, filters }) {
  let rows = from.all();
  for (const [name, words] of Object.entries(filters)) {
    if (words && from.columns[name]) rows = filtered(rows, from.columns[name], words);
  }
  if (q) rows = searched(rows, from, q);
  const name = sort?.replace(/^-/, "");
  return from.columns[name] ? sorted(rows, from.columns[name], sort.startsWith("-")) : rows;
}
