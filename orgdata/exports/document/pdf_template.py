"""How a PDF looks, in typst's own language: one page after another, black on white."""

TEMPLATE = """
#let d = json(bytes(sys.inputs.page))
#let grey = luma(75)
#let hair = 0.5pt + luma(190)
#set document(title: d.title, date: datetime(year: d.date.at(0), month: d.date.at(1),
  day: d.date.at(2)))
#set page(paper: "a4", margin: (x: 15mm, top: 13mm, bottom: 14mm), footer: context align(right,
  text(7.5pt, fill: grey, str(counter(page).get().first()) + " / " +
  str(counter(page).final().first()))))
#set text(font: ("Source Sans Pro", "DejaVu Sans Mono", "Noto Sans CJK SC", "Droid Sans Fallback",
  "Noto Color Emoji"), size: 9.8pt, lang: "en",
  hyphenate: false)
#set par(leading: 0.5em, spacing: 0.6em)
#show heading.where(level: 1): it => block(below: 0.5em, text(17pt, it.body))
#show heading.where(level: 2): it => block(above: 1em, below: 0.45em, sticky: true, width: 100%,
  stroke: (top: hair), inset: (top: 0.4em), text(10.6pt, it.body))

#let small(words) = text(0.88em, fill: grey, words)
#let run(t) = if t.weight == "strong" { strong(t.words) } else if t.weight == "quiet" {
  small(t.words) } else { t.words }
#let shown(line) = line.map(run).join(" ")

#let bar(cell) = {
  let within(part) = calc.max(0, calc.min(1, part))
  if cell.share == none {
    box(width: 100%, height: 5pt, stroke: (paint: grey, thickness: 0.5pt, dash: "dashed"))
  } else {
    box(width: 100%, height: 5pt, fill: luma(235), {
      place(left + horizon, rect(width: within(cell.share) * 100%, height: 5pt, fill: luma(95)))
      if cell.mark != none {
        place(left + horizon, dx: within(cell.mark) * 98%, rect(width: 1.4pt, height: 8pt,
          fill: black))
      }
    })
  }
}

#let cell(content) = if type(content) == str { content } else { bar(content) }

#let side(column) = if column.kind == "number" { right } else { left }

#let blocks = (
  Heading: b => heading(level: 2, b.words),
  Paragraph: b => if b.lead {
    block(above: 1.3em, below: 0.7em, text(12pt, weight: "bold", shown(b.line)))
  } else { par(shown(b.line)) },
  Items: b => list(spacing: 0.6em, indent: 0pt, body-indent: 0.5em, marker: "–",
    ..b.items.map(item => {
      shown(item.line)
      for line in item.below { linebreak(); small(shown(line)) }
    })),
  Table: b => {
    set text(0.93em)
    table(
      columns: b.columns.enumerate().map(((at, c)) => if c.kind == "bar" { 24mm } else if
        c.kind == "number" { auto } else if at == 0 { 2fr } else { 1.3fr }),
      align: (at, _) => side(b.columns.at(at)), inset: (x: 3pt, y: 2.6pt),
      stroke: (x, y) => (bottom: hair),
      table.header(..b.columns.map(c => text(fill: grey, strong(c.label)))),
      ..b.rows.flatten().map(cell))
  },
  Tiles: b => grid(columns: (1fr,) * b.tiles.len(), gutter: 4pt, ..b.tiles.map(t =>
    block(stroke: hair, radius: 3pt, inset: 5pt, width: 100%, {
      small(t.label); linebreak(); text(12pt, strong(t.value))
      if t.note != "" { linebreak(); small(t.note) }
    }))),
  Room: b => block(width: 100%, height: b.lines * 1.7em, stroke: hair, radius: 3pt),
  Blanks: b => grid(columns: (3fr,) + (1fr,) * (b.labels.len() - 1), gutter: 4pt,
    ..b.labels.map(l => block(stroke: hair, radius: 3pt, inset: 5pt, width: 100%, height: 16mm,
      small(l)))),
  Paths: b => for way in b.ways {
    let steps = way.map(s => block(radius: 3pt, inset: (x: 5pt, y: 3.5pt), width: 100%,
      fill: if s.missing { white } else { luma(243) },
      stroke: (paint: grey, thickness: 0.6pt, dash: if s.missing { "dashed" } else { "solid" }), {
        s.words
        if s.note != "" { linebreak(); small(s.note) }
      }))
    block(above: 0.45em, below: 0.45em, breakable: false, grid(
      columns: (1fr,) + (auto, 1fr) * (steps.len() - 1), gutter: 5pt, align: horizon,
      ..steps.intersperse("→")))
  },
)

#heading(level: 1, d.title)
#if d.subtitle != "" { par(small(d.subtitle)) }
#par(text(7.8pt, fill: grey, d.origin.map(pair => pair.join(" ")).join(" · ")))
#if d.band.len() > 0 { block(width: 100%, inset: 6pt, fill: rgb(d.tint.ground),
  stroke: (left: 3pt + rgb(d.tint.edge)), { strong(d.band.first()); list(..d.band.slice(1)) }) }
#for b in d.blocks { (blocks.at(b.kind))(b) }
"""
