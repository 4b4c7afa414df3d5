"""METHOD section 9: where the work goes."""

from collections.abc import Iterator
from datetime import timedelta

from tests.reference.loading import Row
from tests.reference.reading import normalised
from tests.reference.scope import World

SHARES = ("goal", "run", "outside", "unknown")
NAMES = ("outcome_id", "objective_id", "kr_id")


class Work:
    """The items of managed products of a window, each with its part of the four shares."""

    def __init__(self, w: World, days: int) -> None:
        self.w = w
        self.by_id = {item["work_id"]: item for item in w.rows["work"]}
        self.parts: list[tuple[Row, dict[str, float]]] = []
        for p in w.managed:
            items = [item for item in w.rows["work"] if item["product_id"] == p["product_id"]
                     and w.as_of - timedelta(days) < item["done_on"] <= w.as_of]
            self.parts += self._split(p, items)

    def shares(self, product: str | None = None) -> dict[str, float | None]:
        """The four shares of the size, of one product or all."""
        parts = [part for item, part in self.parts if product in (None, item["product_id"])]
        size = sum(sum(part.values()) for part in parts)
        return {name: sum(part[name] for part in parts) / size if size else None
                for name in SHARES}

    def items(self, product: str | None = None) -> int:
        """How many there are."""
        return sum(product in (None, item["product_id"]) for item, _ in self.parts)

    def by_source(self) -> dict[str, float]:
        """The part outside by who asked for it, as a share of all."""
        size = sum(sum(part.values()) for _, part in self.parts)
        outside: dict[str, float] = {}
        for item, part in self.parts:
            if item["asked_by"] is not None and size:
                source = normalised(item["asked_by"])
                outside[source] = outside.get(source, 0.0) + part["outside"] / size
        return outside

    def _split(self, product: Row, items: list[Row]) -> Iterator[tuple[Row, dict[str, float]]]:
        size = {item["work_id"]: 1.0 if item["size"] is None else item["size"] for item in items}
        bau = product["bau_pct"]
        left = sum(size.values()) * (100 if bau is None else bau) / 100
        for item in sorted(items, key=lambda item: (item["done_on"], item["work_id"])):
            part, whole = dict.fromkeys(SHARES, 0.0), size[item["work_id"]]
            purpose = self._purpose(item)
            if purpose == "run":
                part["run"] = min(whole, max(left, 0.0))
                part["outside"] = whole - part["run"]
                left -= part["run"]
            else:
                part[purpose] = whole
            yield item, part

    def _purpose(self, item: Row) -> str:
        chain = self._way_up(item)
        names = chain[-1] if any(chain[-1][name] is not None for name in NAMES) else None
        if names is not None and self._serves(names):
            return "goal"
        if item["kind"] in ("run", "defect", "risk"):
            return "run"
        on_the_way = chain if names is None else chain[:-1]
        if any(item.get("lost", set()) & set(NAMES) for item in chain) or any(
                "parent_id" in item.get("lost", set()) for item in on_the_way):
            return "unknown"
        return "outside" if item["kind"] == "request" or names is not None else "unknown"

    def _way_up(self, item: Row) -> list[Row]:
        """The item and its parents up to the first that names something; a circle ends it."""
        chain = [item]
        while all(chain[-1][name] is None for name in NAMES):
            above = self.by_id.get(chain[-1]["parent_id"])
            if above is None or above in chain:
                break
            chain.append(above)
        return chain

    def _serves(self, item: Row) -> bool:
        result = next((k for k in self.w.rows["key_results"] if k["kr_id"] == item["kr_id"]), None)
        return item["outcome_id"] in self.w.weight or any(
            self.w.sight.get(objective)
            for objective in (item["objective_id"], result and result["objective_id"]))
