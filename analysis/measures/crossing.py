"""Answers with one choice, group by group of those who gave the same other answer."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.summaries import Crossed, Shares


def cross(
    answers: pd.Series, by: pd.Series, choices: Sequence[str], groups: Sequence[str]
) -> Crossed:
    """`answers` and `by` share their index; who left either empty is in no group."""
    chosen = answers.astype(pd.CategoricalDtype(list(choices))).cat.codes.to_numpy()
    group = by.astype(pd.CategoricalDtype(list(groups))).cat.codes.to_numpy()
    both = (chosen >= 0) & (group >= 0)
    cells = np.bincount(
        group[both].astype(int) * len(choices) + chosen[both], minlength=len(groups) * len(choices)
    ).reshape(len(groups), len(choices))
    return Crossed(
        {
            code: Shares(int(row.sum()), dict(zip(choices, row.tolist(), strict=True)))
            for code, row in zip(groups, cells, strict=True)
        }
    )
