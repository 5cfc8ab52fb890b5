"""Free text. Column: its state, 0 where there is none, 1 written, 2 published."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.summaries import Quotes

WRITTEN, PUBLISHED = 1, 2


def encode(cells: pd.DataFrame, numbers: pd.Index, choices: Sequence[str]) -> pd.Series:
    states = np.zeros(len(numbers), dtype=np.int8)
    rows = numbers.get_indexer(cells["number"])
    np.maximum.at(states, rows, cells["state"].to_numpy(dtype=np.int8))
    return pd.Series(states, index=numbers)


def summarise(answers: pd.Series, choices: Sequence[str] = ()) -> Quotes:
    states = answers.to_numpy()
    return Quotes(int((states >= WRITTEN).sum()), int((states == PUBLISHED).sum()))
