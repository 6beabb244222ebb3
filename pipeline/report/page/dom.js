// Elements, words and numbers. Text becomes text nodes only: nothing of a document is ever read as HTML.

/** What the page is made of, read before anything is shown: tables and blocks, sums, words. */
let INDEX;
let SUMMARY;
let WORDS = {};
const LANGUAGE = document.documentElement.lang;
const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** The words of the page for a key, with {0}, {1} … filled in; the key itself where there are none. */
function t(key, ...values) {
  const words = WORDS[key] ?? key;
  return words.replace(/\{(\d)\}/g, (_, at) => String(values[at]));
}

const figures = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 4 });
const count = (number) => figures.format(number);
/** The singular or plural words of a key for a number, which in French is singular up to one. */
function counted(key, number, ...values) {
  const one = number === 1 || (LANGUAGE === "fr" && number === 0);
  return t(`${key}.${one ? "one" : "many"}`, count(number), ...values);
}

const regions = new Intl.DisplayNames([LANGUAGE], { type: "region", fallback: "code" });
function countryName(code) {
  try {
    return INDEX.countries[code] ?? regions.of(code) ?? code;
  } catch {
    return code;
  }
}

/** A value of a table as people read it. */
function shown(column, value) {
  if (value === null || value === "") return "";
  if (typeof value === "number") return count(value);
  if (column === "country" || column.endsWith("_country")) return countryName(value);
  return WORDS[`${column}.${value}`] ?? value;
}

/** Lower case, without accents, plain apostrophes and hyphens: what is searched in. */
const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
    .replace(/[‐‑–—]/g, "-")
    .replace(/đ/g, "d");

/** The words and "phrases" of a query, folded. */
const terms = (query) => [...fold(query).matchAll(/"([^"]+)"|[^\s"]+/g)].map((found) => found[1] ?? found[0]);

/** Tell people who listen to the page rather than look at it. */
function announce(words) {
  document.getElementById("live").textContent = words;
}

/** Does something a little after the last of many calls. */
function later(action, milliseconds = 160) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...given), milliseconds);
  };
}

/** A horizontal bar with its label and number, a link to what it counts. */
function bar(label, number, most, link, title) {
  return h(
    "li",
    { class: "bar" },
    h(
      "a",
      { href: link, title: title || label },
      h("span", { class: "bar-label" }, label),
      h("span", { class: "bar-track" }, h("span", { class: "bar-fill", style: { width: `${(100 * number) / most}%` } })),
      h("span", { class: "bar-number" }, count(number)),
    ),
  );
}

/** How the reading of a document ended, as a badge. */
const status = (value) => h("span", { class: `badge ${value === "ok" ? "good" : "bad"}` }, shown("status", value));
