// The frame around the views: navigation, the search over everything, keys.

function navigation() {
  const link = (path, words, number) => h("li", {}, h("a", { href: `#/${path}` }, h("span", {}, words), number === undefined ? null : h("small", {}, count(number))));
  const views = ["overview", "officials", "timeline", "map"].map((name) => link(name, t(name)));
  const tables = INDEX.tables.map(({ name, title }) => link(`table/${name}`, title, SUMMARY.counts[name]));
  document.getElementById("nav").replaceChildren(h("ul", {}, views), h("h2", {}, t("tables")), h("ul", {}, tables));
}

function searchBox() {
  const box = document.getElementById("search");
  document.getElementById("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim()) location.hash = linkTo("search", { q: box.value.trim() });
  });
}

/** « / » goes to the search box, Escape out of it. */
function keys(event) {
  const writing = event.target.closest?.("input, select, textarea");
  if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    (document.querySelector(".table-view .search") ?? document.getElementById("search")).focus();
  } else if (event.key === "Escape") {
    foldUp(null);
    if (writing) event.target.blur();
  }
}

/** Lists of columns that are open fold up again, but for the one that something lies in. */
function foldUp(inside) {
  for (const list of document.querySelectorAll(".chooser[open]")) if (!list.contains(inside)) list.open = false;
}

async function start() {
  [INDEX, SUMMARY, WORDS] = await Promise.all([chunk("index"), chunk("summary"), chunk("words")]);
  navigation();
  searchBox();
  addEventListener("keydown", keys);
  addEventListener("pointerdown", (event) => foldUp(event.target));
  addEventListener("hashchange", show);
  await show();
  document.body.dataset.ready = "true";
}

if (window.DecompressionStream) start();
else document.getElementById("old-browser").hidden = false;
