"""A number a person. Column: floats, NaN where there is none."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.summaries import Distribution

STEPS = (1, 2, 5, 10)
CLASSES_WANTED, CLASSES_AT_MOST = 8, 12


def encode(cells: pd.DataFrame, numbers: pd.Index, choices: Sequence[str]) -> pd.Series:
    values = np.full(len(numbers), np.nan)
    values[numbers.get_indexer(cells["number"])] = cells["value"].to_numpy(dtype=float)
    return pd.Series(values, index=numbers)


def summarise(answers: pd.Series, choices: Sequence[str] = ()) -> Distribution:
    values, counts = np.unique(answers.dropna().to_numpy(dtype=float), return_counts=True)
    return Distribution(dict(zip(values.tolist(), counts.tolist(), strict=True)))


def classes(distribution: Distribution, width: float | None = None) -> list[float]:
    """The edges of round, equal classes that hold every value; a last class may be left open.

    Where a few large values would flatten the rest, the last edge is infinite: « 60 et plus ».
    `width` fixes the width instead, ten years say.
    """
    low, high = distribution.minimum, distribution.maximum
    if low is None or high is None:
        return []
    top = _top(distribution)
    width = width or _round_width((top - low) / CLASSES_WANTED)
    start = math.floor(low / width) * width
    count = max(1, math.floor((top - start) / width) + 1)
    count = min(count, CLASSES_AT_MOST)
    edges = [round(start + width * n, 6) for n in range(count + 1)]
    return edges if high < edges[-1] else [*edges, math.inf]


def _top(distribution: Distribution) -> float:
    """The largest value, or where the long tail of a skewed distribution begins."""
    low, high = distribution.quantile(0.25), distribution.quantile(0.75)
    fence = high + 3 * (high - low)
    return min(distribution.maximum, fence) if high > low else distribution.maximum


def _round_width(width: float) -> float:
    if width <= 0:
        return 1
    scale = 10 ** math.floor(math.log10(width))
    rounded = next(step * scale for step in STEPS if width <= step * scale + 1e-9)
    return max(rounded, 1) if rounded > 0.5 else rounded
