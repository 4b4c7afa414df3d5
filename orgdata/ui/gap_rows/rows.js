// A list of gaps: a row each, which opens in place. Python says every word (views/gap_rows.py);
// text from data goes in as text, never as markup.

const FIRST = 40;  // rows; a button shows the others
const PATTERN = "pattern:";

class Rows {
  constructor(root, data, send) {
    Object.assign(this, { root, data, send, unfolded: new Set(), whole: false });
    root.onclick = (event) => this.clicked(event);
    root.onkeydown = (event) => this.key(event);
    this.draw();
  }

  draw() {
    const { rows, words } = this.data, shown = rows.filter((row) => !row.of || this.unfolded.has(row.of));
    const columns = Object.keys(words.columns).filter(
      (name) => ["severity", "finding"].includes(name) || shown.some((row) => row[name]));
    const cut = this.whole ? shown.length : FIRST, body = make("tbody");
    for (const row of shown.slice(0, cut)) {
      body.append(this.row(row, columns));
      if (this.data.opened?.key === row.key) body.append(this.opened(columns.length));
    }
    const table = make("table", { "aria-label": words.title }, make("thead", {}, make("tr", {}, ...columns.map(
      (name) => make("th", { scope: "col", class: name, title: name === "budget" ? words.budget : null }, words.columns[name])))), body);
    this.root.replaceChildren(table);
    if (cut < shown.length) this.root.append(make("button", { type: "button", class: "more", "data-whole": "yes" },
      words.all.replace("{}", shown.length)));
  }

  row(row, columns) {
    const { words } = this.data, pattern = row.key.startsWith(PATTERN);
    const open = pattern ? this.unfolded.has(row.key) : this.data.opened?.key === row.key;
    const cells = {
      severity: () => make("td", { class: "severity" }, make("span", { class: `chip ${row.severity}` }, words.severities[row.severity])),
      finding: () => make("td", { class: "finding" }, make("button", { type: "button", "data-key": row.key, "aria-expanded": open },
        pattern ? (open ? "▾ " : "▸ ") : null, row.finding), row.detail ? make("small", {}, row.detail) : null,
        this.data.grids[row.key] ? make("button", { type: "button", class: "more", "data-go": row.key }, this.data.grids[row.key]) : null,
        make("small", { class: "narrow" }, [row.who, row.budget, row.state].filter(Boolean).join(" · "))) };
    return make("tr", { class: `line ${row.of ? "of" : ""}`, "data-row": row.key },
      ...columns.map((name) => cells[name]?.() ?? make("td", { class: name, title: row[name] || null }, make("span", { class: "two" }, row[name]))));
  }

  opened(width) {
    const { opened, words } = this.data;
    return make("tr", { class: "opened" }, make("td", { colspan: width }, make("p", {}, make("b", {}, opened.question)),
      make("ul", {}, ...opened.evidence.map((line) => make("li", {}, line))),
      make("p", {}, make("b", {}, `${words.next}: `), opened.next, opened.who ? ` (${opened.who})` : ""),
      words.go ? make("button", { type: "button", class: "more", "data-go": opened.key }, words.go) : null));
  }

  clicked(event) {
    const go = event.target.closest("[data-go]"), line = event.target.closest("[data-row]");
    if (event.target.closest("[data-whole]")) { this.whole = true; this.draw(); }
    else if (go) this.send("go", go.dataset.go);
    else if (line) this.toggle(line.dataset.row);
  }

  toggle(key) {
    if (key.startsWith(PATTERN)) this.unfolded.has(key) ? this.unfolded.delete(key) : this.unfolded.add(key);
    else this.send("open", this.data.opened?.key === key ? "" : key);
    this.draw();
    this.root.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], at = event.target.closest("[data-key]");
    if (!step || !at) return;
    event.preventDefault();
    const all = [...this.root.querySelectorAll("[data-key]")];
    all[all.indexOf(at) + step]?.focus();
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".rows");
  if (root.drawn?.data.version !== data.version) root.drawn = new Rows(root, data, setTriggerValue);
  root.drawn.send = setTriggerValue;
  if (root.drawn.data.opened?.key !== data.opened?.key) {
    const focused = root.getRootNode().activeElement?.dataset?.key;
    root.drawn.data = data;
    root.drawn.draw();
    if (focused) root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}
