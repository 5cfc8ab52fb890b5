"""One choice a person. Column: a categorical of choice codes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.summaries import Shares


def encode(cells: pd.DataFrame, numbers: pd.Index, choices: Sequence[str]) -> pd.Series:
    codes = np.full(len(numbers), -1, dtype=np.int16)
    positions = pd.Index(choices).get_indexer(cells["choice"])
    codes[numbers.get_indexer(cells["number"])] = positions
    return pd.Series(pd.Categorical.from_codes(codes, categories=list(choices)), index=numbers)


def summarise(answers: pd.Series, choices: Sequence[str]) -> Shares:
    chosen = answers.astype(pd.CategoricalDtype(list(choices))).cat.codes.to_numpy()
    counts = np.bincount(chosen[chosen >= 0], minlength=len(choices))
    return Shares(int(counts.sum()), dict(zip(choices, counts.tolist(), strict=True)))
