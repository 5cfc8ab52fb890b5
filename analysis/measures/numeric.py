"""A number a person. Column: floats, NaN where there is none."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.summaries import Distribution

STEPS = (1, 2, 5, 10)
CLASSES_WANTED, CLASSES_AT_MOST = 10, 12


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
    width = width or _round_width((top - low) / CLASSES_WANTED, smallest=_step(distribution))
    start = _down(low / width) * width
    count = max(1, _down((top - start) / width) + 1)
    count = min(count, CLASSES_AT_MOST)
    edges = [round(start + width * n, 6) for n in range(count + 1)]
    return edges if high < edges[-1] else [*edges, math.inf]


def _down(number: float) -> int:
    """The whole number below; 2.9999999999999996 is 3, as 0.3 is three times 0.1."""
    return math.floor(round(number, 9))


def _top(distribution: Distribution) -> float:
    """The largest value, or the last before the long tail of a skewed distribution."""
    # Where half of the people gave the same number, quartiles are no measure of the spread.
    for tail in (0.25, 0.1):
        low, high = distribution.quantile(tail), distribution.quantile(1 - tail)
        if high > low:
            fence = high + 3 * (high - low)
            return max(value for value in distribution.values if value <= fence)
    return distribution.maximum


def _step(distribution: Distribution) -> float:
    """The smallest width that a class may have: 1 for whole numbers."""
    return 1 if distribution.whole else 0


def _round_width(width: float, smallest: float) -> float:
    if width <= 0:
        return 1
    scale = 10 ** math.floor(math.log10(width))
    rounded = next(step * scale for step in STEPS if width <= step * scale * (1 + 1e-9))
    return max(rounded, smallest)
