// A table as wide as the page. Python writes every cell (views/page_table.py); text from data goes
// in as text, never as markup. Roles are said aloud, as on a phone rows are no table rows for CSS.

const FIRST = 20, FEW = 6, UP = "ascending", DOWN = "descending";

class PageTable {
  constructor(root, data, send) {
    Object.assign(this, { root, data, send, whole: false, by: null, order: null });
    root.onclick = (event) => this.clicked(event);
    this.draw();
  }

  draw() {
    const { table, words } = this.data, sorted = this.sorted();
    const shown = this.whole ? sorted : sorted.slice(0, FIRST);
    const body = make("tbody", { role: "rowgroup" }, ...shown.map((at) => this.row(at)));
    this.root.replaceChildren(make("table", { role: "table", "aria-label": words.title }, make("thead", { role: "rowgroup" },
      make("tr", { role: "row" }, ...table.columns.map((column, at) => this.head(column, at)))), body));
    if (shown.length < sorted.length) this.root.append(make("button", { type: "button", class: "more", "data-whole": "yes" },
      words.all.replace("{}", sorted.length)));
  }

  sortable(column) {
    const { of, rows } = this.data.table;
    return ["name", "number"].includes(column.kind) && of === rows.length && of > FEW;
  }

  head(column, at) {
    const { words } = this.data, mine = this.by === at;
    const label = !this.sortable(column) ? column.label : make("button", { type: "button", "data-by": at,
      title: words.sort.replace("{}", column.label) }, column.label, mine ? (this.order === UP ? " ↑" : " ↓") : null);
    return make("th", { role: "columnheader", scope: "col", class: column.kind, "aria-sort": mine ? this.order : null }, label);
  }

  row(at) {
    const { columns, rows } = this.data.table;
    return make("tr", { role: "row" }, ...columns.map((column, place) => this.cell(column, rows[at][place], at)));
  }

  cell({ kind, label, part }, value, at) {
    if (kind === "name") value = [value[0].replaceAll(" %", "\u00a0%"), value[1]];
    const small = { name: value[1], state: value[2] }[kind], id = this.data.table.ids[at], none = value === "–" || value[0] === "–" || !value.length;
    const inner = {
      state: () => value.length ? make("span", { class: `chip tone-${value[0]}` }, value[1]) : null,
      number: () => value[0], bar: () => bar(value), range: () => range(value), weeks: () => line(value), parts: () => stacked(value),
      name: () => id === undefined ? make("b", {}, value[0]) : make("button", { type: "button", "data-id": id }, value[0]),
    }[kind]?.() ?? make("span", { class: value === this.data.table.nobody ? "bad" : null }, value);
    return make("td", { role: "cell", class: `${kind} ${none ? "none" : ""}`, "data-label": label }, part === undefined ? null : make("i", { class: `part p${part}`, "aria-hidden": "true" }), inner,
      small ? make("small", {}, small) : null);
  }

  // Rows as they came, what needs attention first, or by a column that somebody chose.
  sorted() {
    const { rows } = this.data.table, all = [...rows.keys()], by = this.by;
    if (by === null) return all;
    const numbers = this.data.table.columns[by].kind === "number", sign = this.order === UP ? 1 : -1;
    const value = (at) => numbers ? rows[at][by][1] : rows[at][by][0];
    const unknown = (at) => value(at) === null;
    return all.sort((a, b) => unknown(a) - unknown(b) || sign * (numbers ? value(a) - value(b)
      : value(a).localeCompare(value(b))) || a - b);
  }

  clicked(event) {
    const by = event.target.closest("[data-by]"), one = event.target.closest("[data-id]");
    if (one) this.send("open", one.dataset.id);
    if (event.target.closest("[data-whole]")) { this.whole = true; this.draw(); }
    if (!by) return;
    const at = Number(by.dataset.by), first = this.data.table.columns[at].kind === "number" ? DOWN : UP;
    if (this.by !== at) [this.by, this.order] = [at, first];
    else if (this.order === first) this.order = first === UP ? DOWN : UP;
    else [this.by, this.order] = [null, null];
    this.draw();
    this.root.querySelector(`[data-by="${at}"]`).focus();
  }
}

function bar([done, expected, says]) {
  const part = (share) => `${100 * Math.min(Math.max(share, 0), 1)}%`;
  return make("span", {}, make("span", { class: `bar ${done === null ? "unknown" : ""}`, "aria-hidden": "true" },
    done === null ? null : make("u", { style: `width:${part(done)}` }),
    expected === null ? null : make("s", { style: `left:${part(expected)}` })), make("small", {}, says));
}

function stacked(shares) {
  return make("span", { class: "parts", "aria-hidden": "true" }, ...shares.map((share, at) => share > 0
    ? make("i", { class: `p${at}`, style: `width:${100 * share}%` }) : null));
}

// Low, likely and high as shares of the way from now (left) to the target (right). What goes beyond
// either end is cut there; the words say how far.
function range([low, likely, high, says]) {
  const at = (share) => 100 * Math.min(Math.max(share, 0), 1);
  return make("span", {}, make("span", { class: `bar ${low === null ? "unknown" : ""}`, "aria-hidden": "true" },
    low === null ? null : make("u", { style: `left:${at(low)}%;width:${Math.max(at(high) - at(low), 1)}%;right:auto` }),
    low === null ? null : make("s", { style: `left:${at(likely)}%` })), make("small", {}, says));
}

function line(values) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), low = Math.min(...values);
  const span = Math.max(...values) - low || 1, step = 60 / Math.max(values.length - 1, 1);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  path.setAttribute("points", values.map((value, at) => `${2 + at * step},${20 - 16 * (value - low) / span}`).join(" "));
  svg.setAttribute("viewBox", "0 0 64 24");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", values.join(", "));
  if (values.length) svg.append(path);
  return svg;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".table");
  if (root.drawn?.data.version !== data.version) root.drawn = new PageTable(root, data, setTriggerValue);
  root.drawn.send = setTriggerValue;
}
