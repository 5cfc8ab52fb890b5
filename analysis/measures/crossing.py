"""Answers with one choice, group by group of those who gave the same other answer."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.summaries import Crossed, Shares


def cross(
    answers: pd.Series, by: pd.Series, choices: Sequence[str], groups: Sequence[str]
) -> Crossed:
    """`answers` and `by` share their index; who left `by` empty is in the rest."""
    chosen = answers.astype(pd.CategoricalDtype(list(choices))).cat.codes.to_numpy()
    group = by.astype(pd.CategoricalDtype(list(groups))).cat.codes.to_numpy()
    given = chosen >= 0
    # The rest, whose code is -1, comes last.
    row = np.where(group >= 0, group, len(groups))[given].astype(int)
    cells = np.bincount(
        row * len(choices) + chosen[given], minlength=(len(groups) + 1) * len(choices)
    ).reshape(len(groups) + 1, len(choices))
    *told, rest = [
        Shares(int(cell.sum()), dict(zip(choices, cell.tolist(), strict=True))) for cell in cells
    ]
    return Crossed(dict(zip(groups, told, strict=True)), rest)
