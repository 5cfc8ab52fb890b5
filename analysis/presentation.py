"""What each measure comes with: its column, its summary, and how that is shown by default."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import ModuleType
from typing import Any

from analysis import tables
from analysis.charts import bars, histogram, stacked
from analysis.charts.bars import Bar
from analysis.charts.shapes import Chart
from analysis.declarations import BlockSpec
from analysis.measures import multiple, nominal, numeric, ordinal, ranking, text
from analysis.summaries import Base
from analysis.tables import Table
from analysis.wording import Noun, with_unit
from survey.french import NO_BREAK_SPACE, number, percent
from survey.questionnaire import QuestionSpec

SEPARATOR = f"{NO_BREAK_SPACE}· "
RANKS_APART = 4
LONG_LIST = 30
MEDIAN = f"médiane{NO_BREAK_SPACE}:"


@dataclass(frozen=True)
class Shown:
    """A question's figures, and all that showing them takes.

    Of a group, `base` is None and `everybody` the summary that its classes are taken from.
    """

    question: QuestionSpec
    base: Base | None
    summary: Any
    noun: Noun
    spec: BlockSpec
    everybody: Any = None

    @property
    def labels(self) -> Mapping[str, str]:
        """Labels in the question's order."""
        return {choice.code: choice.label for choice in self.question.choices}

    @cached_property
    def edges(self) -> Sequence[float]:
        """The classes of a number."""
        return numeric.classes(self.everybody or self.summary, self.spec.class_width)

    @property
    def class_labels(self) -> list[str]:
        whole = (self.everybody or self.summary).whole
        unit, unit_one = self.question.unit, self.question.unit_one
        return tables.class_labels(self.edges, unit, unit_one, whole=whole)

    @cached_property
    def sorted_labels(self) -> Mapping[str, str]:
        """The most frequent first, « Autre » and « Aucun » last; scales and pairs as they are."""
        if self.question.ordered or len(self.labels) == 2:
            return self.labels
        last = {c.code for c in self.question.choices if c.other or c.exclusive}
        counts = self.summary.counts
        order = sorted(self.labels, key=lambda code: (code in last, -counts[code]))
        return {code: self.labels[code] for code in order}


@dataclass(frozen=True)
class Presentation:
    """`figures` gives the API's part of a block; `parts` the counts that two groups compare."""

    measure: ModuleType
    chart: Callable[[Shown], Chart]
    table: Callable[[Shown], Table]
    figures: Callable[[Shown], dict[str, Any]]
    parts: Callable[[Shown], Mapping[str, int | None]]


def of(measure: str) -> Presentation:
    return PRESENTATIONS[measure]


def of_group(measure: str) -> Presentation:
    """As `of`, for what disclosure.py leaves of the measure."""
    return IN_GROUPS.get(measure, PRESENTATIONS[measure])


def value(count: int | None, base: int) -> str:
    """« 36 · 57 % », « — » of what may not be told."""
    if count is None:
        return tables.NO_FIGURE
    return f"{number(count)}{SEPARATOR}{percent(count / base)}" if base else number(count)


def _missing(shown: Shown) -> Bar | None:
    if shown.base is None:
        return None
    count = shown.base.missing
    return Bar(tables.MISSING, count, number(count))


def _bars(shown: Shown) -> Chart:
    shares = shown.summary
    rows = [
        Bar(label, shares.counts[c], value(shares.told(c), shares.base))
        for c, label in _drawn(shown)
    ]
    return bars.Bars(tuple(rows), _missing(shown))


def _drawn(shown: Shown) -> list[tuple[str, str]]:
    """All choices, but of a long list (departments) those alone that somebody made."""
    labels = list(shown.sorted_labels.items())
    if len(labels) <= LONG_LIST:
        return labels
    return [(code, label) for code, label in labels if shown.summary.counts[code]]


def _scale(shown: Shown) -> Chart:
    if shown.spec.chart != "diverging":
        return _bars(shown)
    shares = shown.summary
    rows = [
        Bar(label, shares.counts[c], f"{label}{SEPARATOR}{value(shares.told(c), shares.base)}")
        for c, label in shown.labels.items()
    ]
    missing = shown.base.missing if shown.base else 0
    absent = Bar(tables.MISSING, missing, f"{tables.MISSING}{SEPARATOR}{number(missing)}")
    return stacked.Diverging(tuple(rows), absent)


def _shares_table(shown: Shown) -> Table:
    return tables.shares(shown.summary, shown.base, dict(_drawn(shown)))


def _shares_figures(shown: Shown) -> dict[str, Any]:
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


def _shares_parts(shown: Shown) -> Mapping[str, int | None]:
    return {label: shown.summary.told(code) for code, label in _drawn(shown)}


def _by_rank(shown: Shown) -> list[tuple[str, str]]:
    """Items, those most often first first; ties by mentions."""
    ranks = shown.summary
    key = {code: (-ranks.first(code), -ranks.mentioned(code)) for code in shown.labels}
    return sorted(shown.labels.items(), key=lambda item: key[item[0]])


def _stacked(shown: Shown) -> Chart:
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


def _ranks_table(shown: Shown) -> Table:
    return tables.ranks(shown.summary, shown.base, dict(_by_rank(shown)))


def _ranks_figures(shown: Shown) -> dict[str, Any]:
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


def _first_figures(shown: Shown) -> dict[str, Any]:
    return {
        "ranks": [
            {"choice": c, "label": label, "counts": [shown.summary.told(c)], "mentioned": None}
            for c, label in shown.labels.items()
        ]
    }


def _first_parts(shown: Shown) -> Mapping[str, int | None]:
    return {label: shown.summary.first(code) for code, label in _by_rank(shown)}


def _histogram(shown: Shown) -> Chart:
    edges, values = shown.edges, shown.summary
    unit = shown.question.unit
    median = with_unit(values.median, unit, shown.question.unit_one) if values.base else ""
    ticks = ["et plus" if edge == math.inf else number(edge) for edge in edges]
    counts = values.counts_between(edges) if edges else []
    return histogram.Histogram(
        tuple(edges),
        tuple(counts),
        tuple(ticks),
        unit,
        values.median,
        f"médiane{NO_BREAK_SPACE}: {median}",
    )


def _distribution_table(shown: Shown) -> Table:
    classes = dict(zip(shown.class_labels, _counts(shown), strict=True))
    return tables.distribution(shown.summary, shown.base, classes, shown.question.unit)


def _counts(shown: Shown) -> list[int | None]:
    """Of each class, None if it may not be told."""
    values = shown.summary
    return [values.told(n) for n in values.counts_between(shown.edges)] if shown.edges else []


def _distribution_figures(shown: Shown) -> dict[str, Any]:
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


def _distribution_parts(shown: Shown) -> Mapping[str, int | None]:
    return dict(zip(shown.class_labels, _counts(shown), strict=True))


def _base_bar(shown: Shown) -> Chart:
    base = shown.base
    return bars.BaseBar(
        Bar("", base.answered, f"{number(base.answered)} ont répondu"),
        Bar("", base.missing, f"{number(base.missing)} sans réponse (na)"),
        Bar("", base.not_asked, f"{number(base.not_asked)} non concernés par la question"),
    )


def _quotes_table(shown: Shown) -> Table:
    return tables.quotes(shown.summary, shown.base)


def _quotes_figures(shown: Shown) -> dict[str, Any]:
    return {"texts": {"published": shown.summary.published}}


def _no_parts(shown: Shown) -> Mapping[str, int | None]:
    return {}


_SHARES = (_bars, _shares_table, _shares_figures, _shares_parts)
_VALUES = (_histogram, _distribution_table, _distribution_figures, _distribution_parts)

PRESENTATIONS: Mapping[str, Presentation] = {
    "nominal": Presentation(nominal, *_SHARES),
    "ordinal": Presentation(ordinal, _scale, *_SHARES[1:]),
    "multiple": Presentation(multiple, *_SHARES),
    "ranking": Presentation(ranking, _stacked, _ranks_table, _ranks_figures, _first_parts),
    "numeric": Presentation(numeric, *_VALUES),
    "text": Presentation(text, _base_bar, _quotes_table, _quotes_figures, _no_parts),
}

# Of ranks, a group's first alone may be told: they are shares like others.
IN_GROUPS = {
    "ranking": Presentation(ranking, _bars, _shares_table, _first_figures, _shares_parts),
}
