// One document: its text with the mentions marked, beside it the rows that stand on it.

/** The tables whose rows say something at a glance, with the columns that say it. */
const glances = () => INDEX.tables.filter(({ glance }) => glance.length);
const LABELS = ["PER", "ROLE", "ORG", "LOC", "DEMONYM", "DATE", "COUNT", "QUANTITY"];
/** The kinds of mentions that a reader does not want to see marked. */
const unmarked = new Set();

VIEWS.document = async ([which], params) => {
  const number = Number(which);
  const place = placeOf(number);
  if (!place) return h("p", { class: "notice bad" }, t("no-document", which));
  const documents = await blockTable(place.block, "documents");
  const text = (await blockTexts(place.block))[place.at];
  const name = documents.at(place.at, "document");
  const names = [...glances().map(({ name: one }) => one), "mentions"].filter((one) => INDEX.blocks[place.block].rows[one]);
  const own = await Promise.all(names.map(async (one) => rowsOf(await blockTable(place.block, one), name)));
  return new DocumentView(number, documents, place.at, text, Object.fromEntries(names.map((one, n) => [one, own[n]])), params);
};

function rowsOf(block, name) {
  const code = block.columns.document.values.indexOf(name);
  const rows = code < 0 ? [] : [...block.all()].filter((row) => block.columns.document.codes[row] === code);
  return { block, rows };
}

/** What turns offsets of Greffier, in code points, into those of JavaScript, in UTF-16 units. */
function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => point;
  const units = [];
  for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) units.push(at);
  units.push(text.length);
  return (point) => units[Math.min(point, units.length - 1)];
}

class DocumentView {
  constructor(number, documents, at, text, tables, params) {
    Object.assign(this, { number, documents, at, text, tables });
    this.units = unitsOf(text);
    this.rows = Object.entries(tables).flatMap(([name, { block, rows }]) => rows.map((row) => this.rowAt(name, block, row)));
    this.mentions = this.rows.filter((row) => row.table === "mentions" && row.from !== null);
    this.facts = this.rows.filter((row) => row.table !== "mentions");
    this.pane = h("article", { class: "text", lang: "fr", "aria-label": t("text"), onclick: (e) => this.clicked(e), onkeydown: (e) => this.key(e) });
    this.side = h("aside", { class: "facts", "aria-label": t("facts-here") });
    this.drawText();
    this.drawFacts();
    this.nodes = [this.head(), h("div", { class: "document" }, h("div", {}, this.legend(), this.pane), this.side)];
    this.ready = () => this.arrive(params);
  }

  rowAt(table, block, row) {
    const [from, to] = [block.at(row, "start_char"), block.at(row, "end_char")];
    return { table, block, row, from: from === null ? null : this.units(from), to: to === null ? null : this.units(to), start: from, end: to };
  }

  head() {
    const say = (column) => this.documents.at(this.at, column);
    const near = (step, words, label) =>
      placeOf(this.number + step) && this.number + step >= 0 ? h("a", { class: "button", href: linkTo(`document/${this.number + step}`), "aria-label": label, title: label }, words) : null;
    const about = [say("document"), say("published"), say("language"), say("characters") && counted("characters", say("characters"))];
    return h(
      "header",
      { class: "view-head document-head" },
      h("div", {}, heading(say("title") || say("document")).firstChild, h("p", { class: "about" }, status(say("status")), about.filter(Boolean).map((words) => h("span", {}, words))), say("message") && h("p", { class: "notice" }, say("message"))),
      h("div", { class: "near" }, near(-1, "‹", t("previous-document")), near(1, "›", t("next-document"))),
    );
  }

  legend() {
    const there = LABELS.map((label) => [label, this.mentions.filter((m) => m.block.at(m.row, "label") === label).length]);
    const buttons = there.filter(([, n]) => n).map(([label, n]) => {
      const button = h(
        "button",
        {
          type: "button",
          class: `kind k-${label}`,
          "aria-pressed": String(!unmarked.has(label)),
          onclick: () => {
            if (!unmarked.delete(label)) unmarked.add(label);
            button.setAttribute("aria-pressed", String(!unmarked.has(label)));
            this.pane.classList.toggle(`no-${label}`, unmarked.has(label));
          },
        },
        shown("label", label),
        h("small", {}, count(n)),
      );
      this.pane.classList.toggle(`no-${label}`, unmarked.has(label));
      return button;
    });
    return h("div", { class: "legend", role: "group", "aria-label": t("kinds") }, buttons, h("span", { class: "hint" }, t("hint-document")));
  }

  /** The text in runs that begin and end where a line, mention or row does; the shortest mention gives a run its kind. */
  drawText() {
    const cuts = new Set([0, this.text.length]);
    for (const { from, to } of this.rows) if (from !== null) cuts.add(from).add(to);
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) cuts.add(at + 1);
    const places = [...cuts].sort((a, b) => a - b);
    const mentions = this.mentions.slice().sort((a, b) => a.from - b.from);
    let [next, open, line] = [0, [], h("div")];
    this.runs = [];
    for (let n = 0; n + 1 < places.length; n++) {
      const [from, to] = [places[n], places[n + 1]];
      while (next < mentions.length && mentions[next].from <= from) open.push(mentions[next++]);
      open = open.filter((mention) => mention.to > from);
      const inner = open.reduce((best, m) => (best && best.to - best.from <= m.to - m.from ? best : m), null);
      line.append(this.run(from, to, inner));
      if (this.text[to - 1] === "\n") {
        this.pane.append(line);
        line = h("div");
      }
    }
    this.pane.append(line);
    const first = this.pane.querySelector("mark");
    if (first) first.tabIndex = 0;
  }

  run(from, to, mention) {
    const words = this.text.slice(from, to);
    const label = mention && mention.block.at(mention.row, "label");
    const node = mention
      ? h("mark", { class: `k-${label}`, tabindex: "-1", role: "button", title: `${shown("label", label)} · ${mention.block.at(mention.row, "rule") ?? ""}` }, words)
      : h("span", {}, words);
    this.runs.push({ from, to, node, mention });
    return node;
  }

  drawFacts() {
    const sections = glances().map((spec) => {
      const rows = this.facts.filter((row) => row.table === spec.name);
      if (!rows.length) return null;
      return h("section", {}, h("h2", {}, spec.title, h("small", {}, count(rows.length))), h("ul", {}, rows.map((row) => h("li", {}, this.card(row, spec)))));
    });
    this.chosenMention = h("div", { class: "mention-card", hidden: true });
    this.side.replaceChildren(this.chosenMention, ...sections.filter(Boolean));
    if (!this.facts.length) this.side.append(h("p", { class: "nothing" }, t("no-facts")));
  }

  card(row, spec) {
    const say = (column) => shown(column, row.block.at(row.row, column));
    const usual = (column) => column === "status" && row.block.at(row.row, column) === "current";
    const [first, ...others] = new Set(spec.glance.filter((column) => !usual(column)).map(say).filter(Boolean));
    row.button = h(
      "button",
      { type: "button", class: "fact", onclick: () => this.light(row) },
      h("span", { class: "gist" }, h("b", {}, first ?? say("text")), others.map((words) => h("span", {}, words)), say("review") && h("em", { class: "badge good" }, say("review"))),
      row.from === null ? null : h("q", {}, say("text")),
    );
    const cells = h("dl");
    const unfold = () => cells.childElementCount || cells.append(...this.cells(row, spec));
    return [row.button, h("details", { ontoggle: unfold }, h("summary", { "aria-label": t("all-columns"), title: t("all-columns") }, "⋯"), cells)];
  }

  /** All that a row has, made when it is first asked for. */
  cells(row, spec) {
    const say = (column) => shown(column, row.block.at(row.row, column));
    return spec.columns.filter(({ name }) => name !== "document" && say(name)).flatMap(({ name, title }) => [h("dt", {}, title), h("dd", {}, say(name))]);
  }

  /** Light the words of a row up. */
  light(row, scroll = true) {
    this.dark();
    row.button?.classList.add("lit");
    row.button?.setAttribute("aria-current", "true");
    const lit = this.runs.filter((run) => run.from < row.to && run.to > row.from && run.from !== run.to);
    for (const { node } of lit) node.classList.add("lit");
    lit[0]?.node.classList.add("lit-first");
    lit.at(-1)?.node.classList.add("lit-last");
    if (scroll) lit[0]?.node.scrollIntoView({ block: "center", behavior: this.pace() });
  }

  pace() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  dark() {
    for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit", "lit-first", "lit-last");
    for (const node of this.side.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  }

  clicked(event) {
    const run = this.runs.find(({ node }) => node === event.target);
    if (run && (run.mention || event.target.classList.contains("lit"))) this.choose(run);
  }

  /** The rows that stand on a mention. */
  choose(run) {
    const { from, to } = run.mention ?? run;
    this.light({ from, to }, false);
    const rows = this.facts.filter((row) => row.from !== null && row.from < to && row.to > from);
    rows.forEach(({ button }) => button.classList.add("lit"));
    this.drawMention(run.mention);
    const closest = rows.toSorted((a, b) => Math.abs(a.from - from) + Math.abs(a.to - to) - Math.abs(b.from - from) - Math.abs(b.to - to))[0];
    closest?.button.scrollIntoView({ block: "center", behavior: this.pace() });
    announce(counted("rows", rows.length));
  }

  drawMention(mention) {
    this.chosenMention.hidden = !mention;
    if (!mention) return;
    const say = (column) => mention.block.at(mention.row, column);
    const entity = say("entity_id");
    this.chosenMention.replaceChildren(
      h("span", { class: `kind k-${say("label")}` }, shown("label", say("label"))),
      h("b", {}, say("text")),
      h("small", {}, [say("rule"), say("recogniser")].filter(Boolean).join(" · ")),
      entity && h("a", { href: linkToTable("mentions", { entity_id: `=${entity}` }) }, t("same-elsewhere")),
    );
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const marks = [...this.pane.querySelectorAll("mark")];
    const at = marks.indexOf(event.target);
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") this.choose(this.runs.find(({ node }) => node === event.target));
    else if (step && marks[at + step]) {
      event.target.tabIndex = -1;
      marks[at + step].tabIndex = 0;
      marks[at + step].focus();
    } else return;
    event.preventDefault();
  }

  /** Light up what the link that led here names. */
  arrive(params) {
    const [from, to, name] = [params.get("from"), params.get("to"), params.get("table")];
    if (from === null) return;
    const exact = this.rows.find((row) => row.table === name && row.start === Number(from) && row.end === Number(to));
    const row = exact ?? { from: this.units(Number(from)), to: this.units(Number(to)) };
    this.light(row);
    row.button?.scrollIntoView({ block: "center" });
  }
}
