"""What each measure comes with: its column, its summary, and how that is shown by default."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from analysis.charts.shapes import Chart
from analysis.measures import multiple, nominal, numeric, ordinal, ranking, text
from analysis.showing import numbers, quotes, ranks, shares
from analysis.showing.shown import Shown
from analysis.tables import Table
from survey.questionnaire import QuestionSpec


@dataclass(frozen=True)
class Presentation:
    """`figures` gives the API's part of a block; `parts` the counts that two groups compare.

    `legend`: what must be known to read the chart, where it does not go without saying.
    """

    measure: ModuleType
    chart: Callable[[Shown], Chart]
    table: Callable[[Shown], Table]
    figures: Callable[[Shown], dict[str, Any]]
    parts: Callable[[Shown], Mapping[str, int | None]]
    legend: Callable[[QuestionSpec], str] = lambda _: ""


def of(measure: str) -> Presentation:
    return PRESENTATIONS[measure]


def of_group(measure: str) -> Presentation:
    """As `of`, for what disclosure.py leaves of the measure."""
    return IN_GROUPS.get(measure, PRESENTATIONS[measure])


_SHARES = (shares.bars, shares.table, shares.figures, shares.parts)
_NUMBERS = (numbers.chart, numbers.table, numbers.figures, numbers.parts)
_RANKS = (ranks.chart, ranks.table, ranks.figures, ranks.first_parts)
_QUOTES = (quotes.chart, quotes.table, quotes.figures, quotes.parts)

PRESENTATIONS: Mapping[str, Presentation] = {
    "nominal": Presentation(nominal, *_SHARES),
    "ordinal": Presentation(ordinal, shares.scale, *_SHARES[1:]),
    "multiple": Presentation(multiple, *_SHARES),
    "ranking": Presentation(ranking, *_RANKS, ranks.legend),
    "numeric": Presentation(numeric, *_NUMBERS),
    "text": Presentation(text, *_QUOTES),
}

# Of ranks, a group's first alone may be told: they are shares like others.
_FIRSTS = (shares.bars, shares.table, ranks.first_figures, shares.parts)

IN_GROUPS = {"ranking": Presentation(ranking, *_FIRSTS, ranks.first_legend)}
