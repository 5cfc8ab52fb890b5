"""Texts: who wrote one, and how many may be read."""

from collections.abc import Mapping
from typing import Any

from analysis import tables
from analysis.charts import bars
from analysis.charts.bars import Bar
from analysis.charts.shapes import Chart
from analysis.showing.shown import Shown
from analysis.tables import Table
from analysis.wording import Noun, not_asked
from survey.french import number


def chart(shown: Shown) -> Chart:
    base = shown.base
    return bars.BaseBar(
        Bar("", base.answered, Noun("a répondu", "ont répondu").of(base.answered)),
        Bar("", base.missing, f"{number(base.missing)} sans réponse (na)"),
        Bar("", base.not_asked, not_asked(base)),
    )


def table(shown: Shown) -> Table:
    return tables.quotes(shown.summary, shown.base)


def figures(shown: Shown) -> dict[str, Any]:
    return {"texts": {"published": shown.summary.published}}


def parts(shown: Shown) -> Mapping[str, int | None]:
    return {}
