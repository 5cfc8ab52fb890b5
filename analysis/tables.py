"""Summary -> rows of figures, for pages and CSV files alike. Cells are raw; pages format them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from analysis.summaries import Base, Distribution, Quotes, Ranks, Shares
from analysis.wording import with_unit
from survey.french import number, percent

MISSING = "Sans réponse (na)"
NOT_ASKED = "Question non posée"
NOT_CONCERNED = "Non concerné"
NO_FIGURE = "—"


@dataclass(frozen=True)
class Share:
    """A share between 0 and 1, so that a page knows it from a count."""

    value: float


Cell: TypeAlias = str | int | float | Share | date | None


@dataclass(frozen=True)
class Table:
    """`keys`: by what a script knows rows, as far as they have it: a choice, the bounds of a class.

    They are of the first rows, "" of one that has none.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...] = ()

    @property
    def formatted(self) -> list[list[str]]:
        """The rows as a page shows them."""
        return [[formatted(cell) for cell in row] for row in self.rows]

    @property
    def keyed(self) -> list[tuple[str, list[str]]]:
        """The same, each with its key."""
        keys = (*self.keys, *[""] * (len(self.rows) - len(self.keys)))
        return list(zip(keys, self.formatted, strict=True))


def formatted(cell: Cell) -> str:
    if cell is None:
        return NO_FIGURE
    if isinstance(cell, Share):
        return percent(cell.value)
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return cell if isinstance(cell, str) else number(cell, 1)


def shares(summary: Shares, base: Base | None, labels: Mapping[str, str]) -> Table:
    """A row a choice in the order of `labels`, then who did not answer and who was not asked."""
    rows = [
        (label, summary.told(code), _share(summary.told(code), summary.base))
        for code, label in labels.items()
    ]
    return Table(("Réponse", "Effectif", "Part"), (*rows, *_absent(base, 0, 1)), tuple(labels))


def ranks(
    summary: Ranks, base: Base, labels: Mapping[str, str], item: str, titles: Sequence[str]
) -> Table:
    """A row an item: who put it first, who mentioned it, its mean rank among these, its ranks."""
    rows = [
        (
            label,
            _share(summary.first(code), summary.base),
            summary.mentioned(code),
            _share(summary.mentioned(code), summary.base),
            summary.mean_rank(code),
            *summary.counts[code],
        )
        for code, label in labels.items()
    ]
    columns = (
        item or "Choix",
        "Part en n°1",
        "Mentions",
        "Part mentionnée",
        "Rang moyen des mentions",
        *titles,
    )
    return Table(columns, (*rows, *_absent(base, 1, len(titles) + 2)), tuple(labels))


def distribution(
    summary: Distribution,
    base: Base | None,
    classes: Mapping[str, int | None],
    unit: str,
    keys: Sequence[str] = (),
) -> Table:
    """Statistics, then a row a class with its share of who answered; `keys` are of the classes."""
    statistics = (
        ("Minimum", summary.minimum),
        ("Premier quartile", summary.quantile(0.25)),
        ("Médiane", summary.median),
        ("Moyenne", summary.mean),
        ("Troisième quartile", summary.quantile(0.75)),
        ("Maximum", summary.maximum),
    )
    named = [(f"{name} ({unit})" if unit else name, value, None) for name, value in statistics]
    rows = [("Réponses", summary.base, None), *named]
    keys = (*[""] * len(rows), *keys)
    rows += [(label, count, _share(count, summary.base)) for label, count in classes.items()]
    return Table(("Mesure ou classe", "Valeur", "Part"), (*rows, *_absent(base, 0, 1)), keys)


def class_keys(edges: Sequence[float]) -> list[str]:
    """« 20..30 », the upper bound not in it; « 60.. » of a class left open."""
    ends = ["" if edge == math.inf else f"{edge:.10g}" for edge in edges]
    return [f"{low}..{high}" for low, high in pairwise(ends)]


def class_labels(
    edges: Sequence[float], unit: str, unit_one: str = "", *, whole: bool
) -> list[str]:
    """« de 20 à 29 ans » if all values are whole, else « de 20 à moins de 30 ans »."""
    ends_inside = whole and all(edge == int(edge) for edge in edges if edge != math.inf)
    return [_class(low, high, ends_inside, unit, unit_one) for low, high in pairwise(edges)]


def _class(low: float, high: float, ends_inside: bool, unit: str, unit_one: str) -> str:
    if high == math.inf:
        return f"{with_unit(low, unit, unit_one)} et plus"
    if not ends_inside:
        return f"de {number(low)} à moins de {with_unit(high, unit, unit_one)}"
    if high - low == 1:
        return with_unit(low, unit, unit_one)
    return f"de {number(low)} à {with_unit(high - 1, unit, unit_one)}"


def quotes(summary: Quotes, base: Base) -> Table:
    rows = (("Textes reçus", summary.base), ("Textes publiés", summary.published))
    return Table(("Textes", "Effectif"), (*rows, *_absent(base, 0, 0)))


def compared(
    titles: Sequence[str],
    bases: Sequence[int | None],
    parts: Mapping[str, Sequence[int | None]],
    keys: Sequence[str] = (),
) -> Table:
    """A row a part, its count and its share of who answered in each group."""
    columns = [column for title in titles for column in (f"{title}, effectif", f"{title}, part")]
    rows = [
        (
            label,
            *(cell for c, b in zip(counts, bases, strict=True) for cell in (c, _share(c, b or 0))),
        )
        for label, counts in parts.items()
    ]
    answered = [cell for base in bases for cell in (base, None)]
    return Table(("Réponse", *columns), (*rows, ("Réponses", *answered)), tuple(keys))


def crossed(rows: Sequence[tuple[str, Shares]], labels: Mapping[str, str]) -> Table:
    """A row a group, under its label, a column a choice; the last column is the group's base."""
    cells = tuple(
        (title, *(group.counts[choice] for choice in labels), group.base) for title, group in rows
    )
    return Table(("Groupe", *labels.values(), "Réponses"), cells)


def _absent(base: Base | None, before: int, after: int) -> list[tuple[Cell, ...]]:
    """The lines of who did not answer, their count after `before` empty cells.

    Each person is in one line: who said that the question does not concern them in the last.
    """
    if base is None:
        return []
    lines = [(MISSING, base.missing), (NOT_ASKED, base.not_asked - base.not_concerned)]
    if base.not_concerned:
        lines.append((NOT_CONCERNED, base.not_concerned))
    return [(label, *[None] * before, count, *[None] * after) for label, count in lines]


def _share(count: int | None, base: int) -> Share | None:
    return Share(count / base) if base and count is not None else None
