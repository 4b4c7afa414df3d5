"""Money for running a product beside money for changing it: together they are its spend (FORMATS
section 3)."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from orgdata import formats
from orgdata.sources.intake.asked import Asked
from orgdata.sources.intake.header_words import words_of
from orgdata.sources.intake.headers import Header
from orgdata.sources.intake.values import number_with_remark
from orgdata.tabular.cells import text
from orgdata.tabular.numbers import numbers

_TOGETHER = " together"  # the column of their sums; no header begins with a space
_RUN = frozenset("opex run running operating operation bau ktlo betrieb laufend fonctionnement "
                 "operativo operacional exploitatie".split())
_CHANGE = frozenset("capex change investment invest project build grow transform transformation "
                    "investition investissement inversion investimento investering".split())
_TOUCHES = 1_000  # of the questions that matter most: it is about all money


def with_sum(headers: Mapping[str, Header], frame: pd.DataFrame,
             asked: Asked) -> tuple[dict[str, Header], pd.DataFrame]:
    """The headers and records, with one column of money for two such columns: asked."""
    money = [name for name, header in headers.items() if header.meanings[:1] == ("spend",)]
    run, change = ([name for name in money if words_of(name) & words] for words in (_RUN, _CHANGE))
    if len(money) != 2 or len(run) != 1 or len(change) != 1 or run == change or len(
            {(headers[name].scale, headers[name].period) for name in money}) > 1:
        return dict(headers), frame
    options = {"together": "both together", **{name: name for name in money}}
    question = f"{formats.listed(money)}: what is the money per year?"
    answer = asked.ask(f"spend: {money[0]}", question, options, "together", (), _TOUCHES)
    if answer != "together":
        other = next(name for name in money if name != answer)
        return {**headers, other: replace(headers[other], meanings=())}, frame
    values = [numbers(text(number_with_remark(frame[name])[0])).values for name in money]
    known = ~np.isnan(values[0]) & ~np.isnan(values[1])
    total = [f"{value:.15g}" if there else "" for value, there in zip(
        values[0] + values[1], known, strict=True)]
    told = {name: replace(header, meanings=() if name in money else header.meanings)
            for name, header in headers.items()}
    told[_TOGETHER] = replace(headers[money[0]], written=" + ".join(money))
    return told, frame.assign(**{_TOGETHER: pd.Series(total, frame.index, dtype="str")})
