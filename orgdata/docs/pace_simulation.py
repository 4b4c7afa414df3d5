"""Simulate how often each pace preset flags key results that will reach their target.

    python -m orgdata.docs.pace_simulation

writes the table the Method page shows. 20,000 key results of 13 weeks with weekly check-ins walk
towards their end with the ups and downs of real ones (a random walk tied to both ends). Half of
them reach their target, half end at 40–85 % of it; each is judged in every week after the grace.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from orgdata.measures.key_results import TOO_EARLY
from orgdata.measures.pace import PRESETS, pace_status

TABLE = Path(__file__).parent / "pace_simulation.csv"
COUNT, WEEKS, SEED = 20_000, 13, 7
WOBBLE = 0.25  # standard deviation over the whole cycle, before the walk is tied to its end


def simulate() -> pd.DataFrame:
    """The percentages of weekly judgements of each preset, in a row per preset: that flag (as needs
    attention or off track) key results that will reach their target, that call these off track,
    and that flag key results that will miss it."""
    rng = np.random.default_rng(SEED)
    reaches = np.arange(COUNT) % 2 == 0
    end = np.where(reaches, rng.uniform(1.0, 1.1, COUNT), rng.uniform(0.4, 0.85, COUNT))
    time = np.arange(1, WEEKS) / WEEKS
    steps = rng.normal(0, WOBBLE / np.sqrt(WEEKS), (COUNT, WEEKS)).cumsum(axis=1)
    walk = steps[:, :-1] - time * steps[:, -1:]  # tied: back to 0 at the end
    progress = (time * end[:, None] + walk)[:, time >= TOO_EARLY]
    expected = np.broadcast_to(time[time >= TOO_EARLY], progress.shape)
    rows = []
    for preset in PRESETS:
        status = pace_status(progress, expected, 1.0, preset)
        flagged, off_track = status != "on_track", status == "off_track"
        rows.append((preset, *(round(100 * judgements.mean(), 1) for judgements in (
            flagged[reaches], off_track[reaches], flagged[~reaches]))))
    return pd.DataFrame(rows, columns=["preset", "flagged_though_reaching", "off_though_reaching",
                                       "flagged_and_missing"])


def main() -> None:
    """Write the table beside this module and print it."""
    table = simulate()
    table.to_csv(TABLE, index=False)
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
