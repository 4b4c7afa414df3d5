"""The names in sentences for the evidence of a gap. Columns of tables have their own names."""

from orgdata.formats import exact, points
from orgdata.model import labels
from orgdata.model.schema import COLUMN_NAMES as COLUMNS

WORDS = {
    "bar": "enough of that", "cadence": "expected interval",
    "served": "outcomes", "base": "baseline", "goal": "target", "tau": "time passed",
    "tier1": "tier 1",
    "kr_count": "key results", "child_count": "objectives below it", "count_of": "how many",
    "pm_count": "PMs", "pm_names": "who", "pm_of": "PM of",
    "pm_of_invest": "PM of invest",
    "primary_tier1": "primary for tier 1", "has_declared": "link stated", "kind": "direction",
    "step_1": "last step", "step_2": "step before", "fall_1": "last fall", "fall_2": "fall before",
    "outside": "outside objectives", "run": "agreed running", "unknown": "cannot be told",
    "apart": "difference", "spend_pct": "share of all spend",
    "revenue_pct": "share of all revenue", "in_doubt_share": "not judged",
    "cycle_start": "cycle starts", "cycle_end": "cycle ends", "goals": "objectives",
} | {name: name.replace("_", " ") for name in (  # clear as they are
    "about", "actual", "age", "aligned", "before", "checked_on", "counted_count",
    "coverage", "days", "due", "effective_outcomes", "expected", "fault", "freshness",
    "has_primary", "items", "jobs_alike", "kind_of_object", "lacks", "last_known", "moves", "now",
    "only_one", "outcomes", "output_count", "owner", "owner_name", "pace_assumed",
    "product_name", "progress", "reason", "reported", "reported_confidence", "seen_on",
    "segments_alike", "sibling_doing_well", "since", "spend", "spend_share", "start",
    "state", "top_quartile", "unlinked_share", "until", "was_baseline", "was_due", "was_target",
    "without")}
SHARES = frozenset({"bar", "progress", "expected", "tau", "spend_share", "unlinked_share", "actual",
                    "in_doubt_share", "outside", "run", "unknown", "segments_alike", "jobs_alike"})
_UNITS = {  # of thresholds: what their number counts, and by how much it is multiplied for that
    **dict.fromkeys(("OWN03", "PRD05", "PRG07", "PRT04", "RBK01", "GOV01", "XFN01",
                    "XFN02"), "day"),
    **dict.fromkeys(("OUT05", "PRT01", "PRG04"), "point"),
    **dict.fromkeys(("PRT02", "PRD07", "OWN04"), "percent"),
    **dict.fromkeys(("PRT03", "PRD08", "FOC01", "FOC02"), "share"),
    **dict.fromkeys(("OUT06", "PRD04", "OBJ06"), "outcome"),
    "OBJ04": "objective", "OWN05": "product", "PRG05": "step of confidence"}

STATES = frozenset({"coverage", "freshness", "kind", "kind_of_object", "last_known", "reported",
                    "state", "status", "pace_assumed"})  # our words, not people's


def threshold(code: str, limit: float) -> str:
    """The threshold of a rule with its unit: 10 points, 30 days, 5 %."""
    match _UNITS[code]:
        case "point":
            return points(100 * limit)
        case "percent":
            return f"{exact(limit)} %"
        case "share":
            return f"{exact(100 * limit)} %"
        case unit:
            plural = "steps of confidence" if unit == "step of confidence" else f"{unit}s"
            return f"{exact(limit)} {unit if limit == 1 else plural}"


def is_named(name: str) -> bool:
    """Whether there are words for this piece of evidence."""
    return name in WORDS or name in COLUMNS


def words(name: str) -> str:
    """What a piece of evidence is called in a sentence."""
    return WORDS.get(name) or labels.column(name)


def is_share(name: str, table: str) -> bool:
    """Whether a piece of evidence about a row of this table is a share, said in percent."""
    return name in SHARES or (name, table) in (("weight", "outcomes"), ("target", "mix_targets"))
