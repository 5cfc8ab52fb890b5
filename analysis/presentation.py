"""What each measure comes with: its column, its summary, and how that is shown by default."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
    """A question's figures, and all that showing them takes."""

    question: QuestionSpec
    base: Base
    summary: Any
    noun: Noun
    spec: BlockSpec

    @property
    def labels(self) -> Mapping[str, str]:
        """Labels in the question's order."""
        return {choice.code: choice.label for choice in self.question.choices}

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
    """`figures` gives the API's part of a block; the rest is what the names say."""

    measure: ModuleType
    chart: Callable[[Shown], Chart]
    table: Callable[[Shown], Table]
    figures: Callable[[Shown], dict[str, Any]]


def of(measure: str) -> Presentation:
    return PRESENTATIONS[measure]


def _value(count: int, base: int) -> str:
    """« 36 · 57 % »."""
    return f"{number(count)}{SEPARATOR}{percent(count / base)}" if base else number(count)


def _missing(shown: Shown) -> Bar:
    count = shown.base.missing
    return Bar(tables.MISSING, count, number(count))


def _bars(shown: Shown) -> Chart:
    counts, base = shown.summary.counts, shown.summary.base
    rows = [Bar(label, counts[c], _value(counts[c], base)) for c, label in _drawn(shown)]
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
    counts, base = shown.summary.counts, shown.summary.base
    rows = [
        Bar(label, counts[c], f"{label}{SEPARATOR}{_value(counts[c], base)}")
        for c, label in shown.labels.items()
    ]
    missing = shown.base.missing
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
                "count": shown.summary.counts[code],
                "share": shown.summary.share(code),
            }
            for code, label in shown.labels.items()
        ]
    }


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


def _edges(shown: Shown) -> list[float]:
    return numeric.classes(shown.summary, shown.spec.class_width)


def _histogram(shown: Shown) -> Chart:
    edges, values = _edges(shown), shown.summary
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
    unit, unit_one = shown.question.unit, shown.question.unit_one
    return tables.distribution(shown.summary, shown.base, _edges(shown), unit, unit_one)


def _distribution_figures(shown: Shown) -> dict[str, Any]:
    values, edges = shown.summary, _edges(shown)
    counts: Sequence[int] = values.counts_between(edges) if edges else []
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
                for low, high, count in zip(edges, edges[1:], counts, strict=False)
            ],
        }
    }


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


_SHARES = (_bars, _shares_table, _shares_figures)

PRESENTATIONS: Mapping[str, Presentation] = {
    "nominal": Presentation(nominal, *_SHARES),
    "ordinal": Presentation(ordinal, _scale, _shares_table, _shares_figures),
    "multiple": Presentation(multiple, *_SHARES),
    "ranking": Presentation(ranking, _stacked, _ranks_table, _ranks_figures),
    "numeric": Presentation(numeric, _histogram, _distribution_table, _distribution_figures),
    "text": Presentation(text, _base_bar, _quotes_table, _quotes_figures),
}
