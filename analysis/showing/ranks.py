"""Items in people's order: bars stacked by rank; of groups, who comes first alone."""

from collections.abc import Mapping
from typing import Any

from analysis import tables
from analysis.charts import stacked
from analysis.charts.shapes import Chart
from analysis.showing.shown import Shown
from analysis.tables import Table
from survey.french import NARROW_SPACE, NO_BREAK_SPACE, number

RANKS_APART = 4
LEGEND = (
    f"Public n°1{NO_BREAK_SPACE}: placé en premier{NARROW_SPACE}; "
    f"n°2{NO_BREAK_SPACE}: en deuxième, et ainsi de suite. "
    "Le nombre au bout de la barre compte toutes les mentions, quel que soit le rang. "
    "Le rang moyen ne compte que les personnes qui mentionnent la réponse."
)
FIRST_LEGEND = "Chaque barre montre combien de personnes placent ce public en premier."


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
    return stacked.Stacked(tuple(rows), tuple(_series(len(shown.labels), apart)))


def _series(places: int, apart: int) -> list[str]:
    series = [f"Public n°{place}" for place in range(1, apart + 1)]
    series[0] += ", placé en premier"
    last = apart + 1
    if places == last:
        return [*series, f"Public n°{last}"]
    return [*series, f"n°{last} et suivants"] if places > last else series


def table(shown: Shown) -> Table:
    return tables.ranks(shown.summary, shown.base, dict(_by_rank(shown)))


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
