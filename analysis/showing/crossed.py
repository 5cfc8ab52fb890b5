"""Answers with one choice, by group: a bar a group, each as long, and the counts of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis import disclosure, standing_out, tables
from analysis.charts import stacked
from analysis.charts.shapes import Chart
from analysis.measures import crossing
from analysis.showing.shown import Shown
from analysis.standing_out import Groups
from analysis.summaries import Crossed, Shares
from analysis.tables import Table
from analysis.wording import Noun
from survey.questionnaire import QuestionSpec

PARTS_AT_MOST = 6
OTHER_ANSWERS = "Autres réponses"
REST = "Autres groupes, ou sans réponse"


@dataclass(frozen=True)
class CrossedShown:
    """`shown`: the answers; `by`: the question whose answers make the groups, with their nouns."""

    shown: Shown
    crossed: Crossed
    by: QuestionSpec
    nouns: Mapping[str, Noun]

    @property
    def titles(self) -> Mapping[str, str]:
        return {choice.code: choice.label for choice in self.by.choices}

    @property
    def rows(self) -> list[tuple[str | None, str, Shares]]:
        """Groups that are told, with their label; the rest last, which has no code."""
        rest = [(None, REST, self.crossed.rest)] if self.crossed.rest.base else []
        told = self.crossed.groups.items()
        return [*((code, self.titles[code], shares) for code, shares in told), *rest]


def of(
    shown: Shown,
    by: QuestionSpec,
    columns: tuple[pd.Series, pd.Series],
    nouns: Mapping[str, Noun],
    least: int,
) -> CrossedShown:
    """Two questions' answers crossed, as far as they may be told; `columns`: those, and of `by`."""
    answers, groups = columns[0], columns[1].reindex(columns[0].index)
    cells = crossing.cross(answers, groups, shown.question.choice_codes, by.choice_codes)
    return CrossedShown(shown, disclosure.crossed(cells, least), by, nouns)


def sentence(crossed: CrossedShown) -> str:
    shown = crossed.shown
    groups = Groups(
        crossed=crossed.crossed,
        answers=shown.summary,
        labels=shown.labels,
        titles=crossed.titles,
        nouns=crossed.nouns,
        about=shown.spec.about,
    )
    return standing_out.sentence(groups)


def chart(crossed: CrossedShown) -> Chart | None:
    if not crossed.crossed.groups:
        return None
    parts = _parts(crossed)
    rows = [
        stacked.Stack(title, tuple(_counts(shares, parts)), _answers(shares.base))
        for _, title, shares in crossed.rows
    ]
    return stacked.Split(tuple(rows), tuple(parts))


def _parts(crossed: CrossedShown) -> dict[str, tuple[str, ...]]:
    """What each part of a bar stands for: a choice somebody made; of many, the rarest together."""
    shown = crossed.shown
    made = [code for code in shown.sorted_labels if shown.summary.counts[code]]
    apart = made
    if len(made) > PARTS_AT_MOST and not shown.question.ordered:
        apart = made[: PARTS_AT_MOST - 1]
    parts = {shown.labels[code]: (code,) for code in apart}
    others = tuple(code for code in made if code not in apart)
    return parts | ({OTHER_ANSWERS: others} if others else {})


def _counts(shares: Shares, parts: Mapping[str, tuple[str, ...]]) -> list[int]:
    return [sum(shares.counts[code] for code in codes) for codes in parts.values()]


def _answers(count: int) -> str:
    return Noun("réponse", "réponses").of(count)


def table(crossed: CrossedShown) -> Table:
    rows = [(title, shares) for _, title, shares in crossed.rows]
    return tables.crossed(rows, crossed.shown.labels)


def figures(crossed: CrossedShown) -> dict[str, Any]:
    groups = [
        {"choice": code, "label": title, "base": shares.base, "shares": _shares(crossed, shares)}
        for code, title, shares in crossed.rows
    ]
    by = {"by": crossed.by.code, "title": crossed.by.title}
    return {"crossed": {**by, "sentence": sentence(crossed), "groups": groups}}


def _shares(crossed: CrossedShown, shares: Shares) -> list[dict[str, Any]]:
    return [
        {"choice": code, "label": label, "count": shares.counts[code], "share": shares.share(code)}
        for code, label in crossed.shown.labels.items()
    ]
