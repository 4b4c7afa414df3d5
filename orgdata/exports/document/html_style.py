"""How an HTML page looks: calm and dense, light and dark on screen, black on white on paper."""

STYLE = """
:root { --ink: #1d2733; --quiet: #52606d; --line: #c9d1d9; --ground: #ffffff; --fill: #eef3f8;
  --part: #0b5cad; --mark: #1d2733; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #f2f5f8; --quiet: #b3bfcb;
  --line: #3d4a59; --ground: #12171d; --fill: #243040; --part: #6db3f2; --mark: #f2f5f8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif;
  overflow-wrap: anywhere; }
main { max-width: 880px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { font-size: 1.55em; line-height: 1.2; margin: 0; }
.subtitle { color: var(--quiet); margin: 2px 0 0; }
h2 { font-size: 1.08em; margin: 1.5em 0 .4em; padding-top: .5em;
  border-top: 1px solid var(--line); }
p { margin: .35em 0; }
.lead { font-size: 1.22em; line-height: 1.35; font-weight: 600; margin: .8em 0 .45em; }
small { font-size: .87em; color: var(--quiet); }
dl { margin: 0; }
header dl { color: var(--quiet); font-size: .82em; margin-top: 6px; }
header dl div { display: inline; }
header dl div:not(:last-child)::after { content: " · "; }
header dt, header dd { display: inline; margin: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 8px;
  margin: 12px 0; }
.tiles div { border: 1px solid var(--line); border-radius: 6px; padding: 6px 10px; }
.tiles dt { color: var(--quiet); font-size: .82em; }
.tiles dd { margin: 0; font-size: 1.25em; font-weight: 600; }
.tiles small { display: block; font-size: .62em; font-weight: 400; }
ul { margin: .3em 0; padding-left: 1.15em; }
li { margin: .45em 0; }
li > div { color: var(--quiet); font-size: .9em; }
.ways { list-style: none; padding: 0; }
.ways li { display: flex; align-items: center; gap: 6px; }
.step { border: 1px solid var(--quiet); border-radius: 6px; background: var(--fill);
  padding: 2px 8px; flex: 1 1 0; max-width: 26em; align-self: stretch; }
.step small { display: block; }
.missing { border-style: dashed; background: none; }
.to { color: var(--quiet); }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92em; margin: .4em 0; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: start; vertical-align: top; padding: 4px 10px 4px 0;
  border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.bar { width: 110px; min-width: 80px; }
td.text { min-width: 6.8em; }
td.text:first-child { min-width: 11em; }
svg { display: block; width: 100px; max-width: 100%; height: 12px; margin-top: .3em; }
.all { fill: var(--fill); stroke: var(--line); stroke-width: .5; }
.part { fill: var(--part); }
.mark { fill: var(--mark); }
.unknown { fill: none; stroke: var(--quiet); stroke-dasharray: 3 2; }
@media screen and (max-width: 600px) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr, td.bar, td.text, td.number { display: block; width: auto; text-align: start;
    white-space: normal; }
  tr { border-bottom: 1px solid var(--line); padding: 8px 0; }
  td { border: 0; padding: 1px 0; }
  td:first-child { font-weight: 600; }
  td[data-label]:not(:first-child)::before { content: attr(data-label) ": "; color: var(--quiet); }
}
@page { size: A4; margin: 12mm 14mm 14mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt sans-serif;
    color: #52606d; } }
@media print {
  :root { --ink: #000000; --quiet: #333333; --line: #b5b5b5; --ground: #ffffff;
    --fill: #f2f2f2; --part: #555555; --mark: #000000; }
  body { font-size: 8.6pt; line-height: 1.28; print-color-adjust: exact;
    -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  .table { overflow: visible; }
  h1 { font-size: 15pt; }
  h2 { margin-top: .9em; padding-top: .35em; break-after: avoid; }
  li, tr, .tiles, .table { break-inside: avoid; }
  thead { display: table-header-group; }
  h2 + p { break-after: avoid; }
  li { margin: .4em 0; }
  .tiles { grid-template-columns: repeat(5, 1fr); margin: 6px 0; }
  .tiles div { padding: 3px 7px; }
  .step { padding: 1px 6px; }
  td, th { padding: 2px 8px 2px 0; }
}
"""
