// Who holds which office: countries by kinds of office, and the persons of one country, one kind, or both.

const NONE = "";

VIEWS.officials = async (_, params) => {
  const [officials, known] = await Promise.all([table("officials"), numbers()]);
  const chosenOnes = { country: params.get("country"), role_category: params.get("category") };
  const filters = Object.fromEntries(Object.entries(chosenOnes).filter(([, value]) => value !== null).map(([column, value]) => [column, `=${value}`]));
  const rows = asked(officials, { q: "", sort: "", filters });
  return h(
    "section",
    { class: "officials-view" },
    heading(t("officials"), h("p", { class: "found" }, counted("rows", officials.size))),
    matrix(officials, chosenOnes),
    h("h2", {}, Object.entries(chosenOnes).filter(([, value]) => value !== null).map(([column, value]) => named(column, value)).join(" · ") || t("everybody"), h("small", {}, count(rows.length))),
    rows.length ? people(officials, rows, known) : h("p", { class: "nothing" }, t("nothing-found")),
  );
};

const named = (column, value) => (value === NONE ? t(`no-${column}`) : shown(column, value));
const officialsLink = (country, category) => `#/officials?${new URLSearchParams([["country", country], ["category", category]].filter(([, value]) => value !== null))}`;

/** How many offices each country has of each kind, the most frequent first. */
function matrix(officials, chosenOnes) {
  const [countries, kinds, cells] = [new Map(), new Map(), new Map()];
  const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
  for (let row = 0; row < officials.size; row++) {
    const [country, kind] = [officials.at(row, "country") ?? NONE, officials.at(row, "role_category") ?? NONE];
    add(countries, country);
    add(kinds, kind);
    add(cells, `${country}|${kind}`);
  }
  const often = (map) => [...map].sort((a, b) => (a[0] === NONE) - (b[0] === NONE) || b[1] - a[1]).map(([key]) => key);
  const [lines, columns] = [often(countries), often(kinds)];
  const most = Math.max(1, ...cells.values());
  const cell = (country, kind) => {
    const n = cells.get(`${country}|${kind}`);
    if (!n) return h("td");
    const here = chosenOnes.country === country && chosenOnes.role_category === kind;
    const link = h("a", { href: officialsLink(country, kind), "aria-current": here ? "true" : null, title: `${named("country", country)} · ${named("role_category", kind)}` }, count(n));
    return h("td", { style: { "--part": Math.sqrt(n / most) }, class: "filled" }, link);
  };
  const title = (column, value, link, n) => h("th", { scope: column === "country" ? "row" : "col" }, h("a", { href: link, "aria-current": chosenOnes[column] === value ? "true" : null }, named(column, value)), h("small", {}, count(n)));
  return h(
    "div",
    { class: "scroll matrix", tabindex: "0", role: "region", "aria-label": t("officials-by") },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, h("td", {}, h("a", { href: "#/officials" }, t("everybody"))), columns.map((kind) => title("role_category", kind, officialsLink(null, kind), kinds.get(kind))))),
      h("tbody", {}, lines.map((country) => h("tr", {}, title("country", country, officialsLink(country, null), countries.get(country)), columns.map((kind) => cell(country, kind))))),
    ),
  );
}

/** The persons of the rows with their offices, each office with the documents that say so. */
function people(officials, rows, known) {
  const found = new Map();
  for (const row of rows) {
    const say = (column) => officials.at(row, column);
    const key = say("person_id") ?? say("person");
    if (!found.has(key)) found.set(key, { name: say("person"), offices: new Map(), rows: 0 });
    const person = found.get(key);
    person.rows++;
    if ((say("person") ?? "").length > (person.name ?? "").length) person.name = say("person");
    const office = [say("role"), say("organisation")].join("|");
    if (!person.offices.has(office)) person.offices.set(office, []);
    person.offices.get(office).push(row);
  }
  const listed = [...found.values()].sort((a, b) => b.rows - a.rows).slice(0, 300);
  return h("ul", { class: "people" }, listed.map((person) => h("li", {}, h("b", {}, person.name), h("ul", {}, [...person.offices.values()].map((same) => office(officials, same, known))))));
}

function office(officials, rows, known) {
  const say = (column) => officials.at(rows[0], column);
  const link = (row) => linkTo(`document/${known.get(officials.at(row, "document"))}`, { from: officials.at(row, "start_char"), to: officials.at(row, "end_char"), table: "officials" });
  const where = [say("organisation"), say("country") && countryName(say("country"))].filter(Boolean).join(" · ");
  const state = say("status") && say("status") !== "current" ? h("span", { class: "badge" }, shown("status", say("status"))) : null;
  const documents = rows.slice(0, 5).map((row, n) => [n ? " " : "", h("a", { href: link(row), title: officials.at(row, "text") }, officials.at(row, "document").split("/").pop())]);
  return h("li", {}, say("role"), " ", state, where && h("small", {}, where), h("small", { class: "where" }, documents, rows.length > 5 ? ` + ${count(rows.length - 5)}` : ""));
}
