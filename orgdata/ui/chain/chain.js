// The chain from a product to company outcomes. Python says every word (views/line_of_sight.py); text
// from data goes in as text, never as markup.

function step(kind, name, absent, ...below) {
  return make("div", { class: `step ${absent ? "absent" : ""}` }, make("small", {}, kind), make("b", {}, name), ...below);
}

function quiet(text) { return text ? make("small", {}, text) : null; }

export default function ({ data, parentElement }) {
  const { words, chain } = data, root = parentElement.querySelector(".chain");
  const lanes = chain.lanes.map((lane) => make("li", { class: "lane" },
    step(words.objective, lane.objective, lane.absent, quiet(lane.says), lane.results.length
      ? make("ul", {}, ...lane.results.map(([tone, says]) => make("li", { class: `tone-${tone}` }, says))) : null),
    make("span", { class: "arrow", "aria-hidden": "true" }),
    make("div", { class: "ends" }, ...lane.outcomes.map((outcome) => step(words.outcome, outcome.name, outcome.absent,
      outcome.state ? make("span", { class: `chip tone-${outcome.tone}` }, outcome.state) : null, quiet(outcome.why))))));
  const who = chain.who ? make("small", { class: chain.who === chain.nobody ? "bad" : null }, chain.who) : null;
  root.replaceChildren(make("div", { class: "whole", role: "group", "aria-label": words.title },
    make("div", { class: "start" }, step(words.product, chain.product, false, who)),
    make("span", { class: "arrow", "aria-hidden": "true" }), make("ol", {}, ...lanes)));
  if (chain.more) root.append(make("p", { class: "quiet" }, chain.more));
}
