"""Items in people's order: bars stacked by rank; of groups, who comes first alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis import tables
from analysis.charts import stacked
from analysis.charts.shapes import Chart
from analysis.showing.shown import Shown
from analysis.tables import Table
from survey.french import NARROW_SPACE, NO_BREAK_SPACE, number
from survey.questionnaire import QuestionSpec

RANKS_APART = 4


def legend(question: QuestionSpec) -> str:
    return (
        f"{question.ranks[0]}{NO_BREAK_SPACE}: en premier{NARROW_SPACE}; "
        f"n°2{NO_BREAK_SPACE}: en deuxième, et ainsi de suite. "
        "Le nombre au bout de la barre compte toutes les mentions, quel que soit le rang. "
        "Le rang moyen ne compte que les personnes qui mentionnent la réponse."
    )


def first_legend(_: QuestionSpec) -> str:
    return "Chaque barre compte les réponses qui placent ce choix en premier."


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
    return stacked.Stacked(tuple(rows), tuple(_series(shown.question.ranks, apart)))


def _series(ranks: Sequence[str], apart: int) -> list[str]:
    series = [f"{ranks[0]}, en premier", *ranks[1:apart]]
    if len(ranks) <= apart + 1:
        return [*series, *ranks[apart:]]
    return [*series, f"n°{apart + 1} et suivants"]


def table(shown: Shown) -> Table:
    labels, question = dict(_by_rank(shown)), shown.question
    return tables.ranks(shown.summary, shown.base, labels, question.item, question.ranks)


def figures(shown: Shown) -> dict[str, Any]:
    ranks = shown.summary
    return {
        "ranks": [
            {
                "choice": code,
                "label": label,
                "counts": list(ranks.counts[code]),
                "mentioned": ranks.mentioned(code),
                "first_share": ranks.first(code) / ranks.base if ranks.base else None,
                "mentioned_share": ranks.mentioned(code) / ranks.base if ranks.base else None,
                "mean_rank": ranks.mean_rank(code),
                "mean_rank_base": ranks.mentioned(code),
            }
            for code, label in shown.labels.items()
        ]
    }


def first_figures(shown: Shown) -> dict[str, Any]:
    """Of a group: nothing of who comes after the first."""
    firsts = shown.summary
    return {
        "ranks": [
            {
                "choice": code,
                "label": label,
                "counts": [firsts.told(code)],
                "mentioned": None,
                "first_share": firsts.share(code),
                "mentioned_share": None,
                "mean_rank": None,
                "mean_rank_base": None,
            }
            for code, label in shown.labels.items()
        ]
    }


def first_parts(shown: Shown) -> Mapping[str, int | None]:
    return {label: shown.summary.first(code) for code, label in _by_rank(shown)}
