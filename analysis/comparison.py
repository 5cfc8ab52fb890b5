"""Two groups -> a French sentence: what differs most, and whether it may be chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import TypeAlias

from analysis.summaries import Distribution
from analysis.uncertainty import may_be_chance
from analysis.wording import capitalised, share_of, with_unit
from survey.french import NO_BREAK_SPACE, number, quoted

COLON = f"{NO_BREAK_SPACE}:"
NOT_ENOUGH = "Trop peu de réponses dans l’un des deux groupes pour les comparer."
NONE_IN_BOTH = "Aucun effectif n’est assez grand pour être montré dans les deux groupes."
CHANCE = "Un tel écart peut tenir au seul hasard des réponses."
TOO_FEW_FOR_A_VERDICT = "Les réponses sont trop peu nombreuses pour en dire plus."
BEYOND_CHANCE = "Le hasard des réponses ne suffit pas à expliquer cet écart."


Units: TypeAlias = tuple[str, str]
"""Of several, and of one."""


@dataclass(frozen=True)
class Side:
    """One of the groups: its title, who answered in it, and its counts by part, None if hidden."""

    title: str
    base: int
    parts: Mapping[str, int | None]


def of_parts(one: Side, other: Side) -> str:
    """On the part whose shares differ most, of those that may be told of both groups."""
    both = [
        (label, count, other.parts[label])
        for label, count in one.parts.items()
        if count is not None and other.parts.get(label) is not None
    ]
    if not both:
        return NONE_IN_BOTH
    label, count, other_count = max(both, key=lambda part: _difference(part, one, other))
    shares = ((count, one.base), (other_count, other.base))
    figures = list(starmap(_share, shares))
    if figures[0] == figures[1]:
        return f"La part de {quoted(label)} est la même dans les deux groupes{COLON} {figures[0]}."
    sides = list(zip((one.title, other.title), figures, strict=True))
    if not _difference((label, count, other_count), one, other):
        same = f"La part de {quoted(label)} est la même dans les deux groupes"
        return f"{same}{COLON} {_sides(*sides, link=' et ')}."
    words = _sides(*sides)
    which = f"La part de {quoted(label)} est de"
    if len(both) > 2:
        among = "" if len(both) == len(one.parts) else "De ce qui peut être montré, "
        which = capitalised(f"{among}le plus grand écart porte sur {quoted(label)}{COLON}")
    return f"{which} {words}. {_verdict(may_be_chance(*shares, len(both)))}"


def _difference(part: tuple[str, int, int], one: Side, other: Side) -> float:
    """Rounded, so that of two answers that are each other's rest the first is said."""
    _, count, other_count = part
    return round(abs(count / one.base - other_count / other.base), 9)


def of_values(
    titles: Sequence[str], groups: Sequence[Distribution], everybody: Distribution, units: Units
) -> str:
    """On the medians; as many above everybody's median in both groups would be chance.

    On the means, and without a verdict, where a group is too small for its median to be told.
    """
    if None in (values.median for values in groups):
        return _of_means(titles, groups, units)
    medians = [with_unit(values.median, *units) for values in groups]
    if medians[0] == medians[1]:
        bases = " et ".join(number(values.base) for values in groups)
        same = f"La médiane est la même dans les deux groupes{COLON} {medians[0]}"
        return f"{same}, sur {bases} réponses."
    pairs = [
        (title, f"{median} ({number(values.base)} réponses)")
        for title, median, values in zip(titles, medians, groups, strict=True)
    ]
    above = [(_above(values, everybody.median), values.base) for values in groups]
    return f"La médiane est de {_sides(*pairs)}. {_verdict(may_be_chance(*above))}"


def _of_means(titles: Sequence[str], groups: Sequence[Distribution], units: Units) -> str:
    pairs = [
        (title, f"{with_unit(values.mean, *units)} ({number(values.base)} réponses)")
        for title, values in zip(titles, groups, strict=True)
    ]
    return f"La moyenne est de {_sides(*pairs)}. {TOO_FEW_FOR_A_VERDICT}"


def _above(values: Distribution, limit: float) -> int:
    return sum(count for value, count in values.values.items() if value > limit)


def _sides(*sides: tuple[str, str], link: str = ", contre ") -> str:
    """« 62 % (21 sur 34) pour « Associations », contre 36 % (8 sur 22) pour « Mairies » »."""
    return link.join(f"{figure} pour {quoted(title)}" for title, figure in sides)


def _share(count: int, base: int) -> str:
    share = share_of(count, base)
    counts = f"{number(count)} sur {number(base)}"
    return share if share == counts else f"{share} ({counts})"


def _verdict(chance: bool) -> str:
    return CHANCE if chance else BEYOND_CHANCE
