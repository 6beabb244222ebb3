// Search over everything: names of persons, organisations and places, titles, and the whole texts, block after block.

const MOST_HITS = 200;

VIEWS.search = async (_, params, current) => {
  const query = params.get("q") || "";
  const words = terms(query);
  const entities = h("section", { class: "panel" });
  const hits = h("ol", { class: "hits" });
  const said = h("p", { class: "found" }, t("searching"));
  if (words.length) setTimeout(() => Promise.all([findEntities(words, entities), findTexts(words, hits, said, current)]));
  else said.textContent = t("search-nothing");
  return h("section", {}, heading(t("search-for", query), said), entities, hits);
};

async function findEntities(words, place) {
  const all = await table("entities");
  const rows = asked(all, { q: words.map((word) => `"${word}"`).join(" "), sort: "-mentions", filters: {} });
  place.hidden = !rows.length;
  const say = (row, column) => all.at(row, column);
  const link = (row) => linkToTable("mentions", { entity_id: `=${say(row, "entity_id")}` });
  const chips = [...rows.slice(0, 24)].map((row) =>
    h("li", {}, h("a", { class: `kind k-${say(row, "label")}`, href: link(row) }, say(row, "name"), h("small", {}, [say(row, "country") && say(row, "label") !== "LOC" ? countryName(say(row, "country")) : null, count(say(row, "mentions"))].filter(Boolean).join(" · ")))),
  );
  place.replaceChildren(h("h2", {}, t("entities-found", count(rows.length))), h("ul", { class: "chips" }, chips));
}

async function findTexts(words, list, said, current) {
  const documents = await table("documents");
  let [first, found] = [0, 0];
  for (let block = 0; block < INDEX.blocks.length && current(); block++) {
    const texts = await blockTexts(block);
    texts.forEach((text, at) => {
      const number = first + at;
      const name = `${documents.at(number, "title") ?? ""} ${documents.at(number, "document")}`;
      const view = fold(text);
      const about = fold(name);
      if (!words.every((word) => view.includes(word) || about.includes(word))) return;
      if (found++ < MOST_HITS) list.append(hit(number, documents, text, words));
    });
    first += texts.length;
    said.textContent = counted("searched", found, count(first), count(documents.size));
  }
  if (found > MOST_HITS) list.after(h("p", { class: "notice" }, t("first-hits", count(MOST_HITS))));
  announce(said.textContent);
}

function hit(number, documents, text, words) {
  const title = documents.at(number, "title") || documents.at(number, "document");
  const about = [documents.at(number, "document"), documents.at(number, "published")].filter(Boolean).join(" · ");
  return h("li", {}, h("a", { href: linkTo(`document/${number}`) }, title), h("small", {}, about), h("p", {}, snippet(text, words)));
}

/** The words around the first hit, those that were looked for marked. Folded letter by letter, so that places hold. */
function snippet(text, words) {
  const letters = [...text.slice(0, 200_000)];
  const view = letters.map((letter) => fold(letter)[0] ?? "\u0000").join("");
  const places = words.map((word) => view.indexOf(word)).filter((at) => at >= 0);
  const middle = places.length ? Math.min(...places) : 0;
  const [from, to] = [Math.max(0, middle - 90), Math.min(letters.length, middle + 170)];
  const parts = [from > 0 ? "… " : ""];
  let at = from;
  while (at < to) {
    const next = words.map((word) => [view.indexOf(word, at), word.length]).filter(([place]) => place >= 0 && place < to).sort((a, b) => a[0] - b[0])[0];
    if (!next) break;
    parts.push(letters.slice(at, next[0]).join(""), h("mark", { class: "hit" }, letters.slice(next[0], next[0] + next[1]).join("")));
    at = next[0] + next[1];
  }
  parts.push(letters.slice(at, to).join(""), to < letters.length ? " …" : "");
  return parts;
}
