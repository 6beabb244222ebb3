// What there is, what failed, and who and what is named most.

VIEWS.overview = async () => {
  const { counts, statuses, failures, top, months } = SUMMARY;
  return h(
    "section",
    { class: "overview" },
    heading(INDEX.title, h("p", { class: "found" }, t("overview-says", counted("documents", counts.documents), counted("rows", INDEX.tables.reduce((sum, { name }) => sum + counts[name], 0))))),
    h("ul", { class: "cards" }, INDEX.tables.map((spec) => card(spec, counts[spec.name]))),
    h(
      "div",
      { class: "panels" },
      statusPanel(statuses, counts.documents),
      failures.length ? failurePanel(failures) : null,
      monthsPanel(months),
      ["PER", "ORG", "LOC"].map((label) => topPanel(label, top[label])),
    ),
  );
};

const card = ({ name, title, description }, number) =>
  h("li", {}, h("a", { class: "card", href: `#/table/${name}`, title: description }, h("b", {}, count(number)), h("span", {}, title)));

const panel = (title, ...inside) => h("section", { class: "panel" }, h("h2", {}, title), ...inside);

function statusPanel(statuses, all) {
  const parts = Object.entries(statuses);
  return panel(
    t("reading"),
    h("div", { class: "stack", "aria-hidden": "true" }, parts.map(([name, n]) => h("span", { class: `s-${name}`, style: { "flex-grow": n } }))),
    h("ul", { class: "bars" }, parts.map(([name, n]) => bar(shown("status", name), n, all, linkToTable("documents", { status: `=${name}` })))),
  );
}

function failurePanel(failures) {
  const lines = failures.map(({ number, document, status: ended, message }) =>
    h("li", {}, h("a", { href: linkTo(`document/${number}`) }, document), " ", status(ended), h("small", {}, message || "")),
  );
  const all = SUMMARY.counts.documents - (SUMMARY.statuses.ok || 0);
  const more = all > failures.length ? h("p", {}, h("a", { href: "#/table/documents?sort=status" }, t("more-failures", count(all - failures.length)))) : null;
  return h("section", { class: "panel failures" }, h("h2", {}, t("failures")), h("ul", {}, lines), more);
}

function topPanel(label, entities) {
  if (!entities.length) return null;
  const most = Math.max(...entities.map(({ mentions }) => mentions));
  const link = ({ entity_id }) => linkToTable("mentions", { entity_id: `=${entity_id}` });
  return panel(t(`top-${label}`), h("ul", { class: `bars k-bars-${label}` }, entities.map((one) => bar(one.name, one.mentions, most, link(one), t("in-documents", one.name, count(one.documents))))));
}

/** How many documents were published in each month, or year where they are many. */
function monthsPanel(months) {
  const given = Object.entries(months);
  if (given.length < 2) return null;
  const years = given.length > 36;
  const sums = new Map();
  for (const [month, n] of given) {
    const key = years ? month.slice(0, 4) : month;
    sums.set(key, (sums.get(key) || 0) + n);
  }
  const most = Math.max(...sums.values());
  const columns = [...sums].map(([key, n]) =>
    h("li", {}, h("a", { href: linkToTable("documents", { published: key }), title: `${key} · ${counted("documents", n)}`, style: { height: `${Math.max(2, (100 * n) / most)}%` } }, h("span", { class: "unseen" }, `${key}: ${count(n)}`))),
  );
  const [first, last] = [given[0][0], given.at(-1)[0]].map((month) => (years ? month.slice(0, 4) : month));
  return panel(t("published-when"), h("ol", { class: "columns" }, columns), h("p", { class: "ends" }, h("span", {}, first), h("span", {}, last)));
}
