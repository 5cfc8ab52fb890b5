"""Items in people's order: bars stacked by rank; of groups, who comes first alone."""

from collections.abc import Mapping
from typing import Any

from analysis import tables
from analysis.charts import stacked
from analysis.charts.shapes import Chart
from analysis.showing.shown import Shown
from analysis.tables import Table
from survey.french import number

RANKS_APART = 4


def _by_rank(shown: Shown) -> list[tuple[str, str]]:
    """Items, those most often first first; ties by mentions."""
    ranks = shown.summary
    key = {code: (-ranks.first(code), -ranks.mentioned(code)) for code in shown.labels}
    return sorted(shown.labels.items(), key=lambda item: key[item[0]])


def chart(shown: Shown) -> Chart:
    counts = shown.summary.counts
    apart = min(RANKS_APART, len(shown.labels))
    rest = len(shown.labels) > apart
    rows = []
    for code, label in _by_rank(shown):
        parts = counts[code][:apart] + ((sum(counts[code][apart:]),) if rest else ())
        rows.append(stacked.Stack(label, parts, number(shown.summary.mentioned(code))))
    series = [f"Public n°{place}" for place in range(1, apart + 1)]
    if rest:
        series.append(f"n°{apart + 1} et suivants")
    return stacked.Stacked(tuple(rows), tuple(series))


def table(shown: Shown) -> Table:
    return tables.ranks(shown.summary, shown.base, dict(_by_rank(shown)))


def figures(shown: Shown) -> dict[str, Any]:
    return {
        "ranks": [
            {
                "choice": code,
                "label": label,
                "counts": list(shown.summary.counts[code]),
                "mentioned": shown.summary.mentioned(code),
            }
            for code, label in shown.labels.items()
        ]
    }


def first_figures(shown: Shown) -> dict[str, Any]:
    return {
        "ranks": [
            {"choice": c, "label": label, "counts": [shown.summary.told(c)], "mentioned": None}
            for c, label in shown.labels.items()
        ]
    }


def first_parts(shown: Shown) -> Mapping[str, int | None]:
    return {label: shown.summary.first(code) for code, label in _by_rank(shown)}
