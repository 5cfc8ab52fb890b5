"""Numbers: a histogram with its median, statistics, classes."""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from analysis import tables
from analysis.charts import histogram
from analysis.charts.shapes import Chart
from analysis.showing.shown import Shown
from analysis.tables import Table
from analysis.wording import with_unit
from survey.french import NO_BREAK_SPACE, number


def chart(shown: Shown) -> Chart:
    edges, values = shown.edges, shown.summary
    unit = shown.question.unit
    known = values.median is not None
    median = with_unit(values.median, unit, shown.question.unit_one) if known else ""
    counts = values.counts_between(edges) if edges else []
    return histogram.Histogram(
        tuple(edges),
        tuple(counts),
        tuple(_ticks(shown)),
        unit,
        values.median,
        f"médiane{NO_BREAK_SPACE}: {median}",
        number(0) if values.told(0) == 0 else tables.NO_FIGURE,
    )


def _ticks(shown: Shown) -> list[str]:
    """The edges of classes; where each is of one whole number, that number."""
    if not shown.edges:
        return []
    *edges, last = shown.edges
    if shown.has_one_value_a_class:
        ticks = [number(edge) for edge in edges]
        return [*ticks[:-1], f"{ticks[-1]} et plus"] if last == math.inf else ticks
    return [*map(number, edges), "et plus" if last == math.inf else number(last)]


def table(shown: Shown) -> Table:
    classes = dict(zip(shown.class_labels, _counts(shown), strict=True))
    unit = shown.question.unit
    return tables.distribution(shown.summary, shown.base, classes, unit, shown.class_keys)


def _counts(shown: Shown) -> list[int | None]:
    """Of each class, None if it may not be told."""
    values = shown.summary
    return [values.told(n) for n in values.counts_between(shown.edges)] if shown.edges else []


def figures(shown: Shown) -> dict[str, Any]:
    values = shown.summary
    return {
        "distribution": {
            "count": values.base,
            "min": values.minimum,
            "q1": values.quantile(0.25),
            "median": values.median,
            "mean": values.mean,
            "q3": values.quantile(0.75),
            "max": values.maximum,
            "bins": [
                {"from": low, "to": None if high == math.inf else high, "count": count}
                for (low, high), count in zip(pairwise(shown.edges), _counts(shown), strict=True)
            ],
        }
    }


def parts(shown: Shown) -> Mapping[str, int | None]:
    return dict(zip(shown.class_labels, _counts(shown), strict=True))
