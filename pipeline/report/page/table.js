// A table: search, a filter a column, sorting, pages, and which columns are shown.

const PAGE = 100;
const HIDDEN = new Set(
  "person_id role_head role_id organisation_id sha256 media_type encoding characters tokens published_source start_char end_char rule sentence timex anchor open geonames_id latitude longitude entity_id event_id subject_id object_id recogniser wikidata_id officials.mentions facts.unit facts.place facts.source".split(" "),
);
const WIDE = new Set(["text", "participants", "aliases", "message", "title", "merged"]);
const DAYS = new Set(["date_start", "date_end", "published", "edtf", "as_of"]);
/** The columns that a reader chose to see, by table, as long as the page is open. */
const chosen = {};

/** The columns of a table to show: at first all but technical ones and such as are empty in all rows. */
function columnsShown(spec, rows) {
  const wanted = ({ name }) => !HIDDEN.has(name) && !HIDDEN.has(`${spec.name}.${name}`) && (!rows.size || rows.columns[name].isFilled());
  return (chosen[spec.name] ??= new Set(spec.columns.filter(wanted).map(({ name }) => name)));
}

VIEWS.table = async ([name], params) => {
  const spec = INDEX.tables.find((table) => table.name === name);
  if (!spec) return h("p", { class: "notice bad" }, t("no-table", name));
  const state = {
    q: params.get("q") || "",
    sort: params.get("sort") || "",
    page: Number(params.get("page")) || 1,
    filters: Object.fromEntries([...params].filter(([key]) => key.startsWith("f.")).map(([key, words]) => [key.slice(2), words])),
  };
  const rows = await table(name);
  for (const column of Object.keys(state.filters)) columnsShown(spec, rows).add(column);
  return new TableView(spec, rows, await numbers(), state).node;
};

class TableView {
  constructor(spec, rows, known, state) {
    Object.assign(this, { spec, table: rows, known, state });
    this.found = rows.all();
    this.body = h("tbody", { onkeydown: (event) => this.key(event) });
    this.head = h("thead");
    this.pages = h("nav", { class: "pages", "aria-label": t("pages") });
    this.said = h("p", { class: "found" });
    this.again = later(() => this.find(true));
    this.node = h(
      "section",
      { class: "table-view" },
      heading(spec.title, this.said),
      h("p", { class: "about" }, spec.description),
      this.tools(),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": spec.title }, h("table", {}, this.head, this.body)),
      this.pages,
    );
    this.drawHead();
    this.find(false);
  }

  tools() {
    const search = h("input", {
      type: "search",
      class: "search",
      placeholder: t("search-table"),
      "aria-label": t("search-table"),
      value: this.state.q,
      oninput: () => {
        this.state.q = search.value;
        this.again();
      },
    });
    this.clear = h("button", { type: "button", class: "quiet", onclick: () => this.forget() }, t("clear"));
    const boxes = this.spec.columns.map(({ name, title }) => {
      const box = h("input", { type: "checkbox", onchange: () => this.toggle(name, box.checked) });
      box.checked = columnsShown(this.spec, this.table).has(name);
      return h("label", {}, box, title);
    });
    return h(
      "div",
      { class: "tools" },
      search,
      this.clear,
      h("details", { class: "chooser" }, h("summary", {}, t("columns")), h("div", { class: "choices" }, boxes)),
      h("button", { type: "button", class: "quiet", onclick: () => saveCsv(this.table, this.found) }, t("save-csv")),
    );
  }

  toggle(name, wanted) {
    const seen = columnsShown(this.spec, this.table);
    if (wanted) seen.add(name);
    else seen.delete(name);
    this.drawHead();
    this.draw();
  }

  forget() {
    this.state.filters = {};
    this.state.q = "";
    this.node.querySelector(".search").value = "";
    this.drawHead();
    this.find(true);
  }

  columns() {
    return this.spec.columns.filter(({ name }) => columnsShown(this.spec, this.table).has(name));
  }

  drawHead() {
    const columns = this.columns();
    this.titles = columns.map((column) => this.title(column));
    this.head.replaceChildren(
      h("tr", {}, this.titles),
      h("tr", { class: "filters" }, columns.map((column) => h("td", {}, this.filter(column)))),
    );
    this.markSort();
  }

  title({ name, title, description, type }) {
    const numeric = type === "integer" || type === "number";
    return h(
      "th",
      { scope: "col", class: numeric ? "number" : null, "data-column": name },
      h("button", { type: "button", title: description, onclick: () => this.sortBy(name) }, title, h("span", { class: "arrow", "aria-hidden": "true" })),
    );
  }

  markSort() {
    for (const cell of this.titles) {
      const name = cell.dataset.column;
      const way = this.state.sort === name ? "ascending" : this.state.sort === `-${name}` ? "descending" : "none";
      cell.setAttribute("aria-sort", way);
    }
  }

  sortBy(name) {
    this.state.sort = this.state.sort === name ? `-${name}` : this.state.sort === `-${name}` ? "" : name;
    this.markSort();
    this.find(true);
  }

  filter({ name, title }) {
    const column = this.table.columns[name];
    const now = this.state.filters[name] || "";
    const label = t("filter-by", title);
    const changed = (words) => {
      this.state.filters[name] = words;
      this.again();
    };
    if (isChoice(column)) {
      const options = column.tally(this.table.all()).map(([value, n]) => h("option", { value: `=${value}` }, `${shown(name, value)} (${count(n)})`));
      const select = h("select", { "aria-label": label, onchange: () => changed(select.value) }, h("option", { value: "" }, t("all")), options);
      if (column.tally(this.table.all()).reduce((sum, [, n]) => sum + n, 0) < this.table.size) select.append(h("option", { value: "=" }, t("empty")));
      if (now && ![...select.options].some((option) => option.value === now)) select.append(h("option", { value: now }, now));
      select.value = now;
      return select;
    }
    const hint = column instanceof Numbers ? ">5, 3..8" : name.startsWith("date_") || name === "published" ? "2024..2025" : "";
    const input = h("input", { type: "text", "aria-label": label, placeholder: hint, value: now, oninput: () => changed(input.value) });
    return input;
  }

  link(page = 1) {
    const { q, sort, filters } = this.state;
    const given = Object.fromEntries(Object.entries(filters).map(([name, words]) => [`f.${name}`, words]));
    return linkTo(`table/${this.spec.name}`, { q, sort, ...given, page: page > 1 ? page : "" });
  }

  find(first) {
    if (first) this.state.page = 1;
    this.found = asked(this.table, this.state);
    const all = this.found.length === this.table.size;
    this.said.textContent = all ? counted("rows", this.table.size) : counted("found", this.found.length, count(this.table.size));
    this.clear.hidden = !this.state.q && !Object.values(this.state.filters).some(Boolean);
    if (first) {
      readdress(this.link());
      announce(this.said.textContent);
    }
    this.draw();
  }

  draw() {
    const columns = this.columns();
    const first = (this.state.page - 1) * PAGE;
    const rows = [...this.found.slice(first, first + PAGE)].map((row) => this.row(row, columns));
    this.body.replaceChildren(...rows);
    if (rows.length) rows[0].tabIndex = 0;
    else this.body.append(h("tr", {}, h("td", { colspan: columns.length, class: "nothing" }, t(this.table.size ? "nothing-found" : "no-rows"))));
    this.drawPages();
  }

  row(row, columns) {
    const link = this.target(row);
    return h(
      "tr",
      { tabindex: "-1", "data-link": link, onclick: (event) => this.open(event, link) },
      columns.map(({ name, type }, n) => this.cell(row, name, type, n === 0 ? link : null)),
    );
  }

  cell(row, name, type, link) {
    const value = this.table.at(row, name);
    const words = shown(name, value);
    const kind = [type === "integer" || type === "number" ? "number" : "", WIDE.has(name) ? "wide" : "", DAYS.has(name) ? "day" : "", name === "text" ? "words" : ""];
    const inside = link ? h("a", { href: link, tabindex: "-1" }, words) : name === "status" && this.spec.name === "documents" ? status(value) : words;
    const full = words !== value && typeof value === "string" ? value : words;
    return h("td", { class: kind.filter(Boolean).join(" ") || null, title: full }, h("div", {}, inside));
  }

  /** Where a row leads: to its words in its document, an entity to its mentions. */
  target(row) {
    if (this.spec.name === "entities") return linkToTable("mentions", { entity_id: `=${this.table.at(row, "entity_id")}` });
    const number = this.known.get(this.table.at(row, "document"));
    if (this.spec.name === "documents") return linkTo(`document/${number}`);
    return linkTo(`document/${number}`, { from: this.table.at(row, "start_char"), to: this.table.at(row, "end_char"), table: this.spec.name });
  }

  open(event, link) {
    if (event.target.closest("a") || getSelection().toString()) return;
    location.hash = link;
  }

  key(event) {
    const here = event.target.closest("tr");
    if (event.key === "Enter" && here?.dataset.link) location.hash = here.dataset.link;
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!next || !here?.[next]) return;
    event.preventDefault();
    here.tabIndex = -1;
    here[next].tabIndex = 0;
    here[next].focus();
  }

  drawPages() {
    const last = Math.max(1, Math.ceil(this.found.length / PAGE));
    const to = (page, words, label) =>
      page >= 1 && page <= last && page !== this.state.page
        ? h("a", { href: this.link(page), "aria-label": label }, words)
        : h("span", { "aria-hidden": "true" }, words);
    this.pages.replaceChildren();
    if (last === 1) return;
    const page = this.state.page;
    this.pages.append(to(1, "«", t("first-page")), to(page - 1, "‹", t("previous-page")), h("b", {}, t("page-of", count(page), count(last))), to(page + 1, "›", t("next-page")), to(last, "»", t("last-page")));
  }
}
