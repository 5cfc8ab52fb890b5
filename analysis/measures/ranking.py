"""Items in a person's order. Column: a frame of ranks, one column an item, 0 for no rank."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.summaries import Ranks


def encode(cells: pd.DataFrame, numbers: pd.Index, choices: Sequence[str]) -> pd.DataFrame:
    ranks = np.zeros((len(numbers), len(choices)), dtype=np.int16)
    rows = numbers.get_indexer(cells["number"])
    columns = pd.Index(choices).get_indexer(cells["choice"])
    ranks[rows, columns] = cells["rank"].to_numpy(dtype=np.int16)
    return pd.DataFrame(ranks, index=numbers, columns=list(choices))


def summarise(answers: pd.DataFrame, choices: Sequence[str]) -> Ranks:
    ranks = answers[list(choices)].to_numpy()
    places = range(1, len(choices) + 1)
    counts = np.array([(ranks == place).sum(axis=0) for place in places])
    by_item = {c: tuple(counts[:, n].tolist()) for n, c in enumerate(choices)}
    return Ranks(int((ranks > 0).any(axis=1).sum()), by_item)
