// The address behind « # » says what is shown, so that back, forward and links work.

/** { name, parts, params } of the address. */
function address() {
  const [path, query] = decodeHash().split("?");
  const [name, ...parts] = path.replace(/^#\/?/, "").split("/").filter(Boolean);
  return { name: name || "overview", parts, params: new URLSearchParams(query || "") };
}

const decodeHash = () => location.hash || "#/overview";

/** A link to a view; params that are empty are left out. */
function linkTo(path, params = {}) {
  const given = Object.entries(params).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const query = new URLSearchParams(given).toString();
  return `#/${path}${query ? `?${query}` : ""}`;
}

/** A link to a table, filtered: {column: words}. */
const linkToTable = (name, filters = {}, q = "") =>
  linkTo(`table/${name}`, { q, ...Object.fromEntries(Object.entries(filters).map(([column, words]) => [`f.${column}`, words])) });

/** Another address in the place of this one, without showing the view anew. */
const readdress = (link) => history.replaceState(null, "", link);

const VIEWS = {};
let shownNow = 0;

/** Show what the address says. */
async function show() {
  const { name, parts, params } = address();
  const turn = ++shownNow;
  const view = VIEWS[name] || VIEWS.overview;
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => turn === shownNow && main.replaceChildren(h("p", { class: "loading" }, t("loading"))), 250);
  mark(name, parts);
  try {
    const made = await view(parts, params, () => turn === shownNow);
    if (turn !== shownNow) return;
    main.replaceChildren(...[made.nodes ?? made].flat());
    scrollTo(0, 0);
    main.querySelector("h1")?.focus({ preventScroll: true });
    made.ready?.();
  } catch (error) {
    main.replaceChildren(h("p", { class: "notice bad", role: "alert" }, t("broken", error.message)));
    throw error;
  } finally {
    clearTimeout(slow);
    if (turn === shownNow) main.removeAttribute("aria-busy");
  }
}

/** The link of the view shown now is marked in the navigation. */
function mark(name, parts) {
  const here = name === "table" ? `#/table/${parts[0]}` : name === "document" ? "#/table/documents" : `#/${name}`;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === here) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else link.removeAttribute("aria-current");
  }
}

/** A heading of a view, which also becomes the title of the window. */
function heading(words, ...beside) {
  document.title = `${words} · ${INDEX.title}`;
  return h("header", { class: "view-head" }, h("h1", { tabindex: "-1" }, words), ...beside);
}
