"""Key results of some of the products of their objective (FORMATS section 3)."""

import pandas as pd

from orgdata import formats
from orgdata.sources.intake.asked import Asked

_TITLE = 60  # characters of a title that are told
_TOLD = 3  # key results that are told by name


def say_of_some(asked: Asked, titles: pd.Series, objectives: pd.Series, named: pd.Series,
                pursued: pd.Series) -> None:
    """Say which key results name several, but not all, of the products of their objective: a key
    result names one product or counts for all of them (METHOD section 2), so that these count for
    products which they do not name.

    `titles`, `objectives`: of each record; `named`: the products that it names, a row for each;
    `pursued`: those that its record says its objective has."""
    several = named[named.index.duplicated(keep=False)]
    if several.empty:
        return
    every = pd.concat([pursued, named])
    by_objective = every.groupby(objectives.reindex(every.index).to_numpy())
    least = several.groupby(level=0).nunique()
    of_some = least.index[least < objectives[least.index].map(by_objective.nunique())]
    for row in of_some[titles[of_some] != ""][:_TOLD]:
        own = several.loc[row].unique()
        others = [one for one in by_objective.get_group(objectives[row]).unique() if one not in own]
        asked.say(f"“{formats.clipped(titles[row], _TITLE)}” names {formats.listed([*own])}: a key "
                  "result is of one product or of all of its objective, so it counts for "
                  f"{formats.listed(others)} too.")
    if (more := len(of_some) - _TOLD) > 0:
        asked.say(f"The same holds for {formats.count(more, 'more key result')} of some of the "
                  "products of their objective.")
