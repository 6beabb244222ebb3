// The dates that documents speak of and the events that they tell, by century, year, month or day.

const LANES = ["dates", "events"];
const MOST_LISTED = 200;
/** How long the names are of the parts of a period: of all times years, of a century (20) decades, then years, months, days. */
const FINER = { 0: 4, 2: 3, 3: 4, 4: 7, 7: 10 };
/** So many years are shown of all times, up to the last but a few; what is earlier is one column. */
const YEARS = 60;

VIEWS.timeline = async (_, params) => {
  const period = params.get("in") || "";
  const tables = Object.fromEntries(await Promise.all(LANES.map(async (name) => [name, await table(name)])));
  const spans = Object.fromEntries(LANES.map((name) => [name, days(tables[name])]));
  const inside = Object.fromEntries(LANES.map((name) => [name, spans[name].filter(within(period))]));
  const bars = periods(period, inside);
  return h(
    "section",
    { class: "timeline" },
    heading(t("timeline"), h("p", { class: "found" }, counted("dates", inside.dates.length), " · ", counted("events", inside.events.length))),
    trail(period),
    bars.length ? chart(bars, period) : h("p", { class: "nothing" }, t("nothing-found")),
    await list(tables, inside, period),
  );
};

/** The rows of a table that have a first or last day, in the order of days. */
function days(from) {
  const found = [];
  for (let row = 0; row < from.size; row++) {
    const day = from.at(row, "date_start") ?? from.at(row, "date_end");
    if (day && /^\d/.test(day)) found.push({ row, day });
  }
  return found.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.row - b.row));
}

/** What holds of the days of a period; « <1965 » is what lies before. */
const within = (period) => ({ day }) => (period.startsWith("<") ? day < period.slice(1) : day.startsWith(period));

/** [{ key, dates, events }] of a period, those between the first and the last that have none included. */
function periods(period, inside) {
  const length = period.startsWith("<") ? 2 : (FINER[period.length] ?? 10);
  const first = period ? "" : firstYear(inside);
  const sums = new Map();
  for (const name of LANES) {
    for (const { day } of inside[name]) {
      const key = day < first ? `<${first}` : day.slice(0, length);
      if (!sums.has(key)) sums.set(key, { key, dates: 0, events: 0 });
      sums.get(key)[name]++;
    }
  }
  const early = [...sums.keys()].filter((key) => key.startsWith("<"));
  const keys = [...sums.keys()].filter((key) => !key.startsWith("<")).sort();
  return [...early, ...between(keys)].map((key) => sums.get(key) ?? { key, dates: 0, events: 0 });
}

/** The year from which on each has a column: all, where they are few, else the years up to the last but a few rows. */
function firstYear(inside) {
  const years = LANES.flatMap((name) => inside[name].map(({ day }) => Number(day.slice(0, 4)))).sort((a, b) => a - b);
  if (!years.length || years.at(-1) - years[0] < YEARS) return "";
  return String(years[Math.floor(0.995 * (years.length - 1))] - YEARS + 10).padStart(4, "0");
}

/** All periods from the first to the last, but where years lie very far apart. */
function between(keys) {
  if (!keys.length) return [];
  const size = keys[0].length > 4 ? 2 : keys[0].length;
  const before = keys[0].slice(0, keys[0].length - size);
  const [from, to] = [keys[0], keys.at(-1)].map((key) => Number(key.slice(-size)));
  if (to - from > 300) return keys;
  return Array.from({ length: to - from + 1 }, (_, n) => before + String(from + n).padStart(size, "0"));
}

/** A period in words: avant 1965, 1900–1999, 2025, mars 2025, 24 mars 2025. */
function said(period, short = false) {
  if (period.startsWith("<")) return t("before", period.slice(1));
  if (period.length < 4) return `${period.padEnd(4, "0")}–${period.padEnd(4, "9")}`;
  const [year, month, day] = period.split("-").map(Number);
  if (!month) return String(year);
  const form = day ? { day: "numeric", month: short ? "short" : "long" } : { month: short ? "short" : "long" };
  return new Intl.DateTimeFormat(LANGUAGE, { ...form, ...(short ? {} : { year: "numeric" }), timeZone: "UTC" }).format(utc(period));
}

function utc(day) {
  const [year, month, date] = day.split("-").map(Number);
  const made = new Date(Date.UTC(2000, (month || 1) - 1, date || 1));
  made.setUTCFullYear(year);
  return made;
}

/** The first to the last day in words: 2025, mars 2025, 24–28 mars 2025. */
function stretch(start, end) {
  if (!start) return `… ${said(end, false)}`;
  if (!end) return `${said(start, false)} …`;
  if (start.endsWith("-01-01") && end === `${start.slice(0, 4)}-12-31`) return said(start.slice(0, 4));
  const last = new Date(Date.UTC(2000, Number(end.slice(5, 7)), 0));
  last.setUTCFullYear(Number(end.slice(0, 4)), Number(end.slice(5, 7)), 0);
  if (start.endsWith("-01") && start.slice(0, 7) === end.slice(0, 7) && last.getUTCDate() === Number(end.slice(8))) return said(start.slice(0, 7));
  return new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).formatRange(utc(start), utc(end));
}

/** The way from all times down to the period shown. */
function trail(period) {
  const lengths = period.length < 4 ? [0, 2, 3] : [0, 4, 7, 10];
  const above = period.startsWith("<") ? ["", period] : lengths.filter((length) => length <= period.length).map((length) => period.slice(0, length));
  const links = above.map((one) =>
    one === period ? h("b", { "aria-current": "page" }, one ? said(one) : t("all-times")) : h("a", { href: linkTo("timeline", { in: one }) }, one ? said(one) : t("all-times")),
  );
  const keys = LANES.map((name) => h("span", { class: `lane ${name}` }, INDEX.tables.find((table) => table.name === name).title));
  return h("nav", { class: "trail", "aria-label": t("period") }, links, h("span", { class: "keys" }, keys));
}

/** Dates upwards, events downwards, each on its own scale, a column a period. */
function chart(bars, period) {
  const most = Object.fromEntries(LANES.map((name) => [name, Math.max(1, ...bars.map((one) => one[name]))]));
  const every = Math.ceil(bars.length / 14);
  const height = (one, name) => ({ height: one[name] ? `max(3px, ${(100 * Math.sqrt(one[name])) / Math.sqrt(most[name])}%)` : "0" });
  const columns = bars.map((one, n) => {
    const label = `${said(one.key)} · ${counted("dates", one.dates)} · ${counted("events", one.events)}`;
    return h(
      "li",
      {},
      h(
        period.length < 10 ? "a" : "span",
        { href: period.length < 10 ? linkTo("timeline", { in: one.key }) : null, title: label },
        h("span", { class: "unseen" }, label),
        h("span", { class: "up" }, h("i", { class: "dates", style: height(one, "dates") })),
        h("span", { class: "down" }, h("i", { class: "events", style: height(one, "events") })),
        n % every === 0 ? h("span", { class: one.key.startsWith("<") ? "tick early" : "tick", "aria-hidden": "true" }, said(one.key, true)) : null,
      ),
    );
  });
  return h("ol", { class: "chart", style: { "--columns": columns.length } }, columns);
}

/** What happened in the period: events first, then dates, a line each. */
async function list(tables, inside, period) {
  const known = await numbers();
  const parts = ["events", "dates"].map((name) => {
    const rows = period ? inside[name].slice(0, MOST_LISTED) : inside[name].slice(-MOST_LISTED).reverse();
    if (!rows.length) return null;
    const title = INDEX.tables.find((table) => table.name === name).title;
    const more = inside[name].length > rows.length ? h("p", {}, t(period ? "first-of" : "latest-of", count(rows.length), count(inside[name].length))) : null;
    return h("section", {}, h("h2", {}, title), h("ol", { class: "lines" }, rows.map(({ row }) => line(name, tables[name], row, known))), more);
  });
  return h("div", { class: "two" }, parts);
}

function line(name, from, row, known) {
  const say = (column) => from.at(row, column);
  const number = known.get(say("document"));
  const link = linkTo(`document/${number}`, { from: say("start_char"), to: say("end_char"), table: name });
  const words = name === "events" ? say("event") : say("text");
  const beside = name === "events" ? [say("place"), say("country") && countryName(say("country")), say("participants")] : [say("edtf")];
  const about = [...new Set(beside.filter(Boolean))].join(" · ");
  return h("li", {}, h("a", { href: link }, h("time", {}, stretch(say("date_start"), say("date_end"))), h("span", {}, h("b", {}, words || say("text")), about && h("small", {}, about), h("small", { class: "where" }, say("document")))));
}
