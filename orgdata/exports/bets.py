"""What documents say of ideas as if they existed."""

from collections.abc import Iterable

from orgdata import formats
from orgdata.exports.edition import Edition
from orgdata.views import ideas
from orgdata.views.ideas import AsIf

MOST_TRIED = 12  # ideas of a document: to try one is to measure everything once more


def as_if_they_existed(edition: Edition, outcome_ids: Iterable[str]) -> dict[str, str]:
    """What each of the first ideas for some outcomes would do for its outcome, in a few words;
    nothing where none can be tried."""
    if edition.as_if is None:
        return {}
    wanted = [(idea, outcome_id) for outcome_id in outcome_ids
              for idea in ideas.idea_rows(edition.alignment, outcome_id)["idea_id"]]
    found = {idea: edition.as_if(idea, outcome_id) for idea, outcome_id in wanted[:MOST_TRIED]}
    return {idea: one.in_short if isinstance(one, AsIf) else formats.sentence_case(one)
            for idea, one in found.items() if one is not None}
