// The places named, on a map of the world: countries tinted by how often they are named, other places as circles.

const MAP = { globe: 10000, width: 10150, height: 4340, farthest: 2.7066299836960748, middle: 2434 };
const A = [1.340264, -0.081106, 0.000893, 0.003796];

/** Where a place is on the map: the Equal Earth projection, as in scripts/build_world.py. */
function project(longitude, latitude) {
  const radians = Math.PI / 180;
  const u = Math.asin((Math.sqrt(3) / 2) * Math.sin(latitude * radians));
  const slope = A[0] + 3 * A[1] * u ** 2 + u ** 6 * (7 * A[2] + 9 * A[3] * u ** 2);
  const x = (2 * longitude * radians * Math.cos(u)) / (Math.sqrt(3) * slope);
  const y = A[0] * u + A[1] * u ** 3 + u ** 7 * (A[2] + A[3] * u ** 2);
  const scale = MAP.globe / 2 / MAP.farthest;
  return [MAP.globe / 2 + x * scale, MAP.middle - y * scale];
}

VIEWS.map = async () => {
  const [locations, outlines] = await Promise.all([table("locations"), once("world", () => chunk("world"))]);
  const places = namedPlaces(locations);
  const view = new WorldMap(outlines, places);
  const listed = places.slice(0, 120);
  const most = listed[0]?.times ?? 1;
  return h(
    "section",
    { class: "map-view" },
    heading(t("map"), h("p", { class: "found" }, counted("places", places.length))),
    view.node,
    h("ul", { class: "bars k-bars-LOC places", "aria-label": t("places") }, listed.map((place) => bar(place.name, place.times, most, place.link, `${place.name} · ${shown("kind", place.kind)}`))),
  );
};

/** Each place once: name, kind, country, where it is, how often it is named; the most frequent first. */
function namedPlaces(locations) {
  const found = new Map();
  for (let row = 0; row < locations.size; row++) {
    const say = (column) => locations.at(row, column);
    const key = `${say("name")}|${say("country") ?? ""}|${say("kind")}`;
    if (!found.has(key)) {
      const filters = { name: `=${say("name")}`, country: say("country") && `=${say("country")}`, kind: `=${say("kind")}` };
      found.set(key, { name: say("name"), kind: say("kind"), country: say("country"), latitude: say("latitude"), longitude: say("longitude"), times: 0, link: linkToTable("locations", filters) });
    }
    found.get(key).times++;
  }
  return [...found.values()].sort((a, b) => b.times - a.times);
}

class WorldMap {
  constructor(outlines, places) {
    this.box = [0, 0, MAP.width, MAP.height];
    const countries = new Map(places.filter(({ kind, country }) => kind === "country" && country).map((place) => [place.country, place]));
    const others = places.filter(({ kind, latitude }) => kind !== "country" && kind !== "supranational" && latitude !== null);
    const most = Math.max(1, ...[...countries.values()].map(({ times }) => times));
    this.drawing = svg("svg", { viewBox: this.box.join(" "), role: "group", "aria-label": t("map"), tabindex: "0", onkeydown: (e) => this.key(e), onwheel: (e) => this.wheel(e), onpointerdown: (e) => this.grab(e) });
    const land = outlines.map(([code, path]) => this.country(code, path, countries.get(code), most));
    this.drawing.append(svg("g", { class: "land" }, land), this.points(others));
    const button = (words, label, action) => h("button", { type: "button", "aria-label": label, title: label, onclick: action }, words);
    this.node = h(
      "figure",
      { class: "map" },
      this.drawing,
      h("div", { class: "zoom" }, button("+", t("closer"), () => this.zoom(0.6)), button("−", t("farther"), () => this.zoom(1 / 0.6)), button("⤢", t("whole-world"), () => this.zoom(100))),
      h("figcaption", {}, this.scale(most), t("map-source")),
    );
  }

  country(code, path, place, most) {
    const shape = svg("path", { d: path });
    if (!place) return shape;
    shape.style.setProperty("--named", 0.25 + 0.75 * Math.sqrt(place.times / most));
    shape.classList.add("named");
    return this.link(place, shape);
  }

  /** A shape that leads to the rows of its place. */
  link(place, shape) {
    return svg("a", { href: place.link }, svg("title", {}, `${place.name} · ${counted("times", place.times)}`), shape);
  }

  points(places) {
    const most = Math.max(1, ...places.map(({ times }) => times));
    const circles = places.slice(0, 2000).map((place) => {
      const [x, y] = project(place.longitude, place.latitude);
      const circle = svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), class: `p-${place.kind}` });
      circle.style.setProperty("--size", (2.5 + 11 * Math.sqrt(place.times / most)).toFixed(2));
      return this.link(place, circle);
    });
    return svg("g", { class: "points" }, circles);
  }

  scale(most) {
    return h("span", { class: "scale" }, "1", h("i", { "aria-hidden": "true" }), count(most), " ", t("times-named"));
  }

  zoom(factor, at = [0.5, 0.5]) {
    const [x, y, width] = this.box;
    const wide = Math.min(MAP.width, Math.max(300, width * factor));
    const high = (wide * MAP.height) / MAP.width;
    this.move(x + (width - wide) * at[0], y + ((width - wide) * at[1] * MAP.height) / MAP.width, wide, high);
  }

  move(x, y, width, height) {
    this.box = [Math.max(0, Math.min(MAP.width - width, x)), Math.max(0, Math.min(MAP.height - height, y)), width, height];
    this.drawing.setAttribute("viewBox", this.box.join(" "));
    this.drawing.style.setProperty("--unit", this.box[2] / 1000);
  }

  key(event) {
    const [x, y, width, height] = this.box;
    const steps = { ArrowLeft: [-0.2, 0], ArrowRight: [0.2, 0], ArrowUp: [0, -0.2], ArrowDown: [0, 0.2] }[event.key];
    if (steps) this.move(x + steps[0] * width, y + steps[1] * height, width, height);
    else if (event.key === "+" || event.key === "=") this.zoom(0.6);
    else if (event.key === "-") this.zoom(1 / 0.6);
    else return;
    event.preventDefault();
  }

  wheel(event) {
    if (!event.ctrlKey && this.box[2] === MAP.width && event.deltaY > 0) return;
    event.preventDefault();
    const frame = this.drawing.getBoundingClientRect();
    this.zoom(event.deltaY < 0 ? 0.8 : 1.25, [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height]);
  }

  grab(event) {
    const [start, box, frame] = [[event.clientX, event.clientY], this.box, this.drawing.getBoundingClientRect()];
    let moved = false;
    const drag = (e) => {
      const [dx, dy] = [e.clientX - start[0], e.clientY - start[1]];
      moved ||= Math.hypot(dx, dy) > 4;
      if (moved) this.move(box[0] - (dx * box[2]) / frame.width, box[1] - (dy * box[3]) / frame.height, box[2], box[3]);
    };
    const drop = () => {
      removeEventListener("pointermove", drag);
      removeEventListener("pointerup", drop);
      if (moved) this.drawing.addEventListener("click", (e) => e.preventDefault(), { once: true, capture: true });
    };
    addEventListener("pointermove", drag);
    addEventListener("pointerup", drop);
  }
}
