"""METHOD section 8, what is checked of ideas beside what is checked of every table."""

from typing import TYPE_CHECKING

from tests.reference import reading

if TYPE_CHECKING:
    from tests.reference.loading import Loaded, Row


def check(loaded: "Loaded", rows: list["Row"], source: dict[str, str]) -> None:
    """Ranges the wrong way round and persons who are said to have asked become unknown."""
    for what in ("effect", "effort"):
        columns = [f"{what}_{end}" for end in ("low", "likely", "high")]
        written = [name for name in columns if name in source]
        for row in rows:
            values = [row[name] for name in columns if row[name] is not None]
            if values != sorted(values):
                if "aside" not in row:
                    loaded.report("warning", "ideas", row["row"], written[0], "bad_value")
                row["lost"] |= {name for name in columns if row[name] is not None}
                row.update(dict.fromkeys(columns))
    people = {reading.normalised(person[name]) for person in loaded.rows["people"]
              for name in ("name", "email") if person[name]}
    for row in rows:
        asked = row["asked_by"]
        if asked and ("@" in asked or reading.normalised(asked) in people) and "aside" not in row:
            loaded.report("warning", "ideas", row["row"], "asked_by", "bad_value")
            row["lost"].add("asked_by")
            row["asked_by"] = None


def report_closed(loaded: "Loaded", rows: list["Row"]) -> None:
    """Ideas for outcomes that are done or retired stay, with a warning."""
    closed = {o["outcome_id"] for o in loaded.rows["outcomes"] if o["status"] in ("done", "retired")}
    for row in rows:
        if row["outcome_id"] in closed:
            loaded.report("warning", "ideas", row["row"], "outcome_id", "bad_value")
