// The alignment map: a table of products and outcomes, drawn from one value that goes in once.
// Python says every word (views/alignment_map.py); here is only where it stands. Text from data
// goes in as text, never as markup.

const MOST_COLUMNS = 40, LONG = 40, OPEN_ROWS = 60, WIDE = 20, EMPTY = 2, FIRST_ROWS = 24, CHUNK = 60;
// Rows below the first come when the browser has nothing else to do: it stays quick to the hand.
const later = (work) => window.requestIdleCallback?.(work, { timeout: 200 }) ?? setTimeout(work, 30);
const not_later = window.cancelIdleCallback ?? clearTimeout;
const SHAPES = {
  proven: [["rect", { x: 3, y: 3, width: 18, height: 18, rx: 4 }]],
  claimed: [["path", { d: "M4 20 L20 4 V17 a3 3 0 0 1 -3 3 Z", class: "half" }],
            ["rect", { x: 4, y: 4, width: 16, height: 16, rx: 4 }]],
  unconfirmed: [["path", { d: "M12 3 L21 12 L12 21 L3 12 Z" }]],
  undeclared: [["path", { d: "M12 4 L21 20 H3 Z" }]],
};
const views = new Map();  // what somebody chose on a map: it outlives the map being mounted anew

function mark(state) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", state);
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of SHAPES[state]) {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}

class AlignmentMap {
  constructor(root, data, send) {
    Object.assign(this, { root, data, send, marks: {}, changed: new Set(data.changed) });
    for (const state of data.map.states) this.marks[state] = mark(state);
    const asked = new URLSearchParams(location.search), one_of = (name, options, otherwise) =>
      asked.get(name) in options ? asked.get(name) : otherwise;
    this.view = views.get(data.key) ?? {
      by: one_of("by", data.words.by, "area"), sort: one_of("sort", data.words.sort, "trouble"),
      gaps: asked.get("only") === "gaps", find: "", folded: null, all: false };
    if (this.view.version !== data.version) this.view.folded = null;  // its groups are others
    this.view.version = data.version;
    views.set(data.key, this.view);
    this.scroll = make("div", { class: "scroll" });
    root.replaceChildren(this.tools(), this.legend(), this.scroll, make("p", { class: "quiet" }, `${data.words.sizes}.`));
    this.scroll.addEventListener("click", (event) => this.clicked(event));
    this.scroll.addEventListener("keydown", (event) => this.key(event));
    this.picked = asked.get("cell") ?? "";
    new ResizeObserver(() => this.scroll.querySelector(".picked")?.scrollIntoView(
      { block: "nearest", inline: "nearest" })).observe(this.scroll);
    this.draw();
  }

  tools() {
    const { words } = this.data, bar = make("div", { class: "tools", role: "group", "aria-label": words.tools });
    const choice = (name, label, options) => {
      const select = make("select", { name }, ...Object.entries(options).map(
        ([value, text]) => make("option", { value }, text)));
      select.value = this.view[name];
      select.onchange = () => this.choose({ [name]: select.value, folded: null });
      bar.append(make("label", {}, label, select));
    };
    const tick = (name, label) => {
      const box = make("input", { type: "checkbox", name });
      box.checked = Boolean(this.view[name]);
      box.onchange = () => this.choose({ [name]: box.checked });
      bar.append(make("label", {}, box, label));
    };
    if (Object.keys(words.by).length > 1) choice("by", words.group_by, words.by);
    choice("sort", words.sort_by, words.sort);
    tick("gaps", words.only_gaps);
    if (this.data.map.outcomes.id.length > WIDE) tick("all", words.all_outcomes);
    const find = make("input", { type: "search", name: "find", placeholder: words.find, "aria-label": words.find });
    find.value = this.view.find;
    find.oninput = () => { this.view.find = find.value; this.draw(); };
    bar.append(make("label", {}, find));
    return bar;
  }

  legend() {
    const { map, words } = this.data, dots = words.marks.map(([one, says]) => make("span", { class: "says" }, make("i", { class: one, "aria-hidden": "true" }), says));
    return make("div", { class: "legend" }, ...map.states.map((state, at) => make("span", {}, mark(state), map.legend[at])),
      make("span", { class: "checks" }, words.dots, ...dots), this.changed.size ? make("span", { class: "changed" }, words.changed) : null);
  }

  mark(id) {
    return this.changed.has(id) ? "changed" : "";
  }

  choose(change) {
    Object.assign(this.view, change);
    this.draw();
    this.send("view", { by: this.view.by, sort: this.view.sort, gaps: Boolean(this.view.gaps) });
  }

  // Rows that are shown, by group; filters narrow the rows, never what a group's head says.
  groups() {
    const { products, groups } = this.data.map, { by, sort, gaps, find } = this.view;
    const wanted = find.trim().toLowerCase(), has = (text) => text.toLowerCase().includes(wanted);
    this.found = wanted ? new Set([...this.data.map.outcomes.name.keys()].filter(
      (at) => has(this.data.map.outcomes.name[at]))) : new Set();
    const fits = (at) => !wanted || has(products.name[at]) || has(groups.area.name[products.area[at]])
      || has(groups.manager.name[products.manager[at]])
      || products.links[at].some(([outcome]) => this.found.has(outcome));
    const order = { name: () => 0, trouble: (at) => -this.trouble(at),
                    spend: (at) => -(products.spend[at] ?? -1) }[sort] ?? (() => 0);
    const rows = groups[by].name.map(() => []);
    for (const at of products.id.keys())
      if (fits(at) && (!gaps || products.trouble[at])) rows[products[by][at]].push(at);
    for (const group of rows) group.sort((a, b) => order(a) - order(b) || a - b);
    const first = (group) => rows[group].length ? order(rows[group][0]) : Infinity;
    this.turns = [...rows.keys()];  // people stand by name, areas with what needs attention first
    if (by === "area" && sort === "trouble") this.turns.sort((a, b) => first(a) - first(b) || a - b);
    return rows;
  }

  // What fails a check comes before what passes all, then what has the graver gap.
  trouble(at) {
    const { checks, trouble } = this.data.map.products, fails = [...checks[at]].filter((one) => one === "f").length;
    return (fails ? 100 : 0) + 10 * trouble[at] + fails;
  }

  draw() {
    const { map, words } = this.data, rows = this.groups(), count = map.products.id.length;
    if (this.view.folded === null) this.view.folded = new Set(count <= OPEN_ROWS ? [] : [...rows.keys()].filter(
      (group) => !rows[group].some((at) => map.products.trouble[at] >= 3)));
    this.open = (group) => this.view.find.trim() !== "" || !this.view.folded.has(group);
    this.columns = this.shownColumns(rows);
    this.first = Object.entries(words.columns).filter(([name]) => name !== this.view.by);
    const alone = !this.first.some(([name]) => name === "manager");  // the name has the room to itself
    const table = make("table", { role: "grid", class: alone ? "alone" : null, "aria-label": words.title }), body = make("tbody");
    table.append(this.head(), body);
    const lines = [];
    for (const at of this.turns.filter((one) => rows[one].length)) {
      lines.push(() => this.groupRow(at, rows[at]));
      if (this.open(at)) rows[at].forEach((product) => lines.push(() => this.row(product)));
    }
    if (!lines.length) body.append(make("tr", {}, make("td", { class: "none", colspan: 99 }, words.nothing)));
    not_later(this.later);
    this.append(body, lines, 0, FIRST_ROWS);
    const top = this.scroll.scrollTop;
    this.scroll.replaceChildren(table);
    this.scroll.scrollTop = top;
    this.pick(this.picked);
    (table.querySelector("tbody .focus") ?? table).setAttribute("tabindex", "0");
  }

  append(body, lines, from, count) {
    body.append(...lines.slice(from, from + count).map((line) => line()));
    if (from + count < lines.length)
      this.later = later(() => { this.append(body, lines, from + count, CHUNK); this.pick(this.picked); });
  }

  shownColumns(rows) {
    const all = [...this.data.map.outcomes.id.keys()];
    if (all.length <= WIDE || this.view.all) return all;
    if (this.found.size) return all.filter((at) => this.found.has(at)).slice(0, MOST_COLUMNS);
    const counts = (groups) => groups.flat().flatMap((product) => this.data.map.products.links[product]).reduce(
      (found, [outcome]) => found.set(outcome, (found.get(outcome) ?? 0) + 1), new Map());
    const open = counts(this.turns.filter(this.open).map((at) => rows[at])), every = counts(rows);
    // Outcomes that no product works on have no mark in any row: they come first, or nobody sees them.
    const nobody = all.filter((at) => this.data.map.outcomes.tone[at] === "bad").slice(0, EMPTY);
    const shown = [...open.keys()].slice(0, MOST_COLUMNS);  // those of the first rows first
    const most = all.filter((at) => !open.has(at) && !nobody.includes(at)).sort((a, b) => (every.get(b) ?? 0) - (every.get(a) ?? 0) || a - b);
    return [...nobody, ...shown, ...most.slice(0, Math.max(0, WIDE - shown.length - nobody.length))];
  }

  head() {
    const { map } = this.data, row = make("tr");
    for (const [name, label] of this.first) row.append(make("th", { class: name, scope: "col" }, label));
    for (const at of this.columns) {
      const { money, weight, share } = map.outcomes, most = this.most ??= Math.max(
        0.01, ...map.outcomes.money.map(Number), ...map.outcomes.weight.map(Number));
      const bar = money[at] === null && weight[at] === null ? null : make("span", { class: "bar" },
        money[at] === null ? null : make("u", { style: `width:${100 * money[at] / most}%` }),
        weight[at] === null ? null : make("s", { style: `left:${98 * weight[at] / most}%` }));
      row.append(make("th", { class: `outcome focus ${this.mark(`:${map.outcomes.id[at]}`)} tone-${map.outcomes.tone[at]} ${map.outcomes.name[at].length > LONG ? "long" : ""}`, scope: "col", tabindex: -1,
        "data-cell": `:${map.outcomes.id[at]}`, title: map.outcomes.name[at] },
        make("b", {}, map.outcomes.name[at].replaceAll(" %", "\u00a0%")), make("span", { class: "state" }, map.outcomes.coverage[at]), bar,
        ...share[at].split(" · ").map((part) => make("span", { class: "share" }, part))));
    }
    return make("thead", {}, row);
  }

  groupRow(at, products) {
    const { map } = this.data, group = map.groups[this.view.by], open = this.open(at);
    const name = make("span", { class: group.name[at] === map.nobody ? "bad" : null }, group.name[at]);
    const fold = make("button", { type: "button", "aria-expanded": open, "data-group": at, tabindex: -1, class: "focus" },
      open ? "▾ " : "▸ ", name);
    const counts = new Map(), beside = this.first.some(([name]) => name === "manager");
    const says = { name: () => make("th", { class: "name", scope: "row" }, fold,
      make("small", { class: beside ? "below" : null }, group.says[at])), manager: () => make("td", { class: "manager" }, group.says[at]), money: () => make("td", { class: "money" }, group.money[at]),
      checks: () => make("td", { class: "checks" }, group.aligned[at]) };
    for (const product of products) for (const [outcome] of map.products.links[product])
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    return make("tr", { class: "group" },
      ...this.first.map(([name]) => says[name]?.() ?? make("td", { class: name })),
      ...this.columns.map((outcome) => make("td", { class: "total" }, String(counts.get(outcome) ?? ""))));
  }

  row(at) {
    const { map, words } = this.data, one = map.products, links = new Map(one.links[at].map((link) => [link[0], link]));
    const who = map.groups.manager.name[one.manager[at]], lacking = who === map.nobody ? "bad" : null;
    const cells = { manager: () => make("td", { class: "manager" }, make("span", { class: lacking }, who)),
      bet: () => make("td", { class: "bet" }, one.bet[at] ?? ""), money: () => make("td", { class: "money" }, one.money[at]),
      checks: () => this.checks(one.checks[at]) };
    const row = make("tr", { class: one.empty[at] ? "empty" : null },
      make("th", { class: `name focus ${this.mark(`${one.id[at]}:`)}`, scope: "row", tabindex: -1, "data-cell": `${one.id[at]}:` }, one.name[at],
        make("small", { class: "under" }, "manager" in words.columns && this.view.by !== "manager" ? make("span", { class: `whose ${lacking ?? ""}` }, who) : null,
          "bet" in words.columns && one.bet[at] ? make("span", { class: "what" }, one.bet[at]) : null,
          one.money[at] ? make("span", { class: "spent" }, one.money[at]) : null),
        one.empty[at] ? make("small", { class: "bad" }, words.empty) : null),
      ...this.first.slice(1).map(([name]) => cells[name]()));
    for (const outcome of this.columns) {
      const [, state, size] = links.get(outcome) ?? [];
      const label = state === undefined ? words.no_link : `${map.legend[state]}, ${words.strengths[size]}`;
      const id = `${one.id[at]}:${map.outcomes.id[outcome]}`;
      const cell = make("td", { class: `cell focus size-${size} ${this.mark(id)}`, tabindex: -1, "aria-label": label,
        title: state === undefined ? null : label, "data-cell": id });
      if (state !== undefined) cell.append(this.marks[map.states[state]].cloneNode(true));
      row.append(cell);
    }
    return row;
  }

  checks(results) {
    const { checks, results: words } = this.data.map;
    const label = [...results].map((one, at) => `${checks[at]}: ${words[one]}`).join(", ");
    return make("td", { class: "checks", title: label, "aria-label": label },
      ...[...results].map((one) => make("i", { class: one, "aria-hidden": "true" })));
  }

  pick(picked) {
    this.picked = picked;
    for (const cell of this.scroll.querySelectorAll(".picked")) cell.classList.remove("picked");
    if (picked) this.scroll.querySelector(`[data-cell="${CSS.escape(picked)}"]`)?.classList.add("picked");
  }

  clicked(event) {
    const fold = event.target.closest("[data-group]"), cell = event.target.closest("[data-cell]");
    if (fold) {
      const group = Number(fold.dataset.group);
      this.view.folded.has(group) ? this.view.folded.delete(group) : this.view.folded.add(group);
      this.draw();
      this.scroll.querySelector(`[data-group="${group}"]`)?.focus();
    } else if (cell) {
      this.pick(cell.dataset.cell === this.picked ? "" : cell.dataset.cell);
      this.send("cell", this.picked);
    }
  }

  key(event) {
    const at = event.target.closest(".focus"), steps = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: 0, ArrowRight: 0 };
    if (!at) return;
    if ((event.key === "Enter" || event.key === " ") && !at.dataset.group) { event.preventDefault(); at.click(); }
    if (!(event.key in steps)) return;
    event.preventDefault();
    const rows = [...this.scroll.querySelectorAll("tr")], places = (row) => [...row.querySelectorAll(".focus")];
    const row = rows.indexOf(at.closest("tr")), here = places(rows[row]), place = here.indexOf(at);
    this.place = at.dataset.group ? this.place ?? 0 : place + (row ? 0 : 1);
    let next;
    if (steps[event.key]) {
      const line = rows[row + steps[event.key]], others = line ? places(line) : [];
      next = others[Math.min(Math.max(this.place - (rows.indexOf(line) ? 0 : 1), 0), others.length - 1)];
    } else next = here[place + (event.key === "ArrowLeft" ? -1 : 1)];
    if (!next) return;
    this.scroll.querySelectorAll('[tabindex="0"]').forEach((old) => old.setAttribute("tabindex", "-1"));
    next.setAttribute("tabindex", "0");
    next.focus();
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map");
  if (root.drawn?.data.version !== data.version) root.drawn = new AlignmentMap(root, data, setTriggerValue);
  root.drawn.send = setTriggerValue;
  root.drawn.pick(new URLSearchParams(location.search).get("cell") ?? "");
}
