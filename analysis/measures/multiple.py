"""Any number of choices a person. Column: a frame of booleans, one column a choice."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.summaries import Shares


def encode(cells: pd.DataFrame, numbers: pd.Index, choices: Sequence[str]) -> pd.DataFrame:
    ticks = np.zeros((len(numbers), len(choices)), dtype=bool)
    rows = numbers.get_indexer(cells["number"])
    columns = pd.Index(choices).get_indexer(cells["choice"])
    # A choice that is added while we read is none of ours: all is read again with it.
    known = columns >= 0
    ticks[rows[known], columns[known]] = True
    return pd.DataFrame(ticks, index=numbers, columns=list(choices))


def summarise(answers: pd.DataFrame, choices: Sequence[str]) -> Shares:
    """Counts are of people who ticked; the base is of people who ticked anything."""
    ticks = answers[list(choices)].to_numpy()
    counts = ticks.sum(axis=0).tolist()
    return Shares(int(ticks.any(axis=1).sum()), dict(zip(choices, counts, strict=True)))
