"""Answers that split between choices: bars, or a scale that diverges from its middle."""

from collections.abc import Mapping
from typing import Any

from analysis import tables
from analysis.charts import bars as drawn_bars
from analysis.charts import stacked
from analysis.charts.bars import Bar
from analysis.charts.shapes import Chart
from analysis.showing.shown import SEPARATOR, Shown, value
from analysis.tables import Table
from survey.french import number

LONG_LIST = 30


def _missing(shown: Shown) -> Bar | None:
    if shown.base is None:
        return None
    count = shown.base.missing
    return Bar(tables.MISSING, count, number(count))


def bars(shown: Shown) -> Chart:
    shares = shown.summary
    rows = [
        Bar(label, shares.counts[c], value(shares.told(c), shares.base))
        for c, label in drawn(shown)
    ]
    return drawn_bars.Bars(tuple(rows), _missing(shown))


def drawn(shown: Shown) -> list[tuple[str, str]]:
    """All choices, but of a long list (departments) those alone that somebody made."""
    labels = list(shown.sorted_labels.items())
    if len(labels) <= LONG_LIST:
        return labels
    return [(code, label) for code, label in labels if shown.summary.counts[code]]


def scale(shown: Shown) -> Chart:
    shares = shown.summary
    # A bar that misses the parts that may not be told would lean to the wrong side.
    if shown.spec.chart != "diverging" or sum(shares.counts.values()) < shares.base:
        return bars(shown)
    rows = [
        Bar(label, shares.counts[c], f"{label}{SEPARATOR}{value(shares.told(c), shares.base)}")
        for c, label in shown.labels.items()
    ]
    missing = shown.base.missing if shown.base else 0
    absent = Bar(tables.MISSING, missing, f"{tables.MISSING}{SEPARATOR}{number(missing)}")
    return stacked.Diverging(tuple(rows), absent)


def table(shown: Shown) -> Table:
    return tables.shares(shown.summary, shown.base, dict(drawn(shown)))


def figures(shown: Shown) -> dict[str, Any]:
    return {
        "shares": [
            {
                "choice": code,
                "label": label,
                "count": shown.summary.told(code),
                "share": shown.summary.share(code),
            }
            for code, label in shown.labels.items()
        ]
    }


def parts(shown: Shown) -> Mapping[str, int | None]:
    return {label: shown.summary.told(code) for code, label in shown.sorted_labels.items()}
