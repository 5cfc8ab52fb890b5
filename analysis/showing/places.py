"""Choices that are places: a map of how many answered from each."""

from collections.abc import Iterable
from itertools import pairwise

from analysis import declarations
from analysis.charts.choropleth import Choropleth, Class
from analysis.charts.geography import Geography
from analysis.showing.shown import Shown
from analysis.wording import Noun
from survey.french import NO_BREAK_SPACE, number

CLASSES = 4
STEPS = (1, 2, 5)
COLON = f"{NO_BREAK_SPACE}: "
RESPONSES = Noun("réponse", "réponses")
NOBODY, NOBODY_TOLD = "Aucune réponse", "Personne, ou trop peu pour être dit"


def map_of(shown: Shown) -> Choropleth | None:
    """The map that the block declares, None if it declares none."""
    if not shown.spec.map:
        return None
    geography = declarations.geography(shown.spec.map)
    made = [(code, count) for code, count in shown.summary.counts.items() if count]
    counts = tuple((code, count) for code, count in made if code in geography.codes)
    outside = [
        f"{shown.labels[code]}{COLON}{RESPONSES.of(count)}"
        for code, count in made
        if code not in geography.codes
    ]
    empty = len(geography.codes) - len(counts)
    nobody = NOBODY_TOLD if shown.summary.is_protected else NOBODY
    return Choropleth(
        geography,
        counts,
        _classes(geography, [count for _, count in counts]),
        f"{nobody}{COLON}{_places(geography, empty)}",
        ", ".join(outside),
    )


def _classes(geography: Geography, counts: Iterable[int]) -> tuple[Class, ...]:
    """Those that hold a place, with how many they hold."""
    counts = list(counts)
    edges = lower_edges(max(counts, default=0))
    classes = []
    for low, after in pairwise([*edges, max(counts, default=0) + 1]):
        held = sum(low <= count < after for count in counts)
        if held:
            text = f"{_counts(low, after - 1)}{COLON}{_places(geography, held)}"
            classes.append(Class(low, text))
    return tuple(classes)


def lower_edges(most: int) -> list[int]:
    """Where classes of counts start, each some times wider than the one before: 1, 2, 5, 10."""
    if most <= CLASSES:
        return list(range(1, most + 1))
    return sorted({_round(most ** (n / CLASSES)) for n in range(CLASSES)})


def _round(value: float) -> int:
    """The nearest of 1, 2, 5, 10, 20, 50 … by ratio."""
    rounds = [step * 10**power for power in range(len(str(int(value)))) for step in STEPS]
    return min([*rounds, rounds[-1] * 2], key=lambda each: max(each / value, value / each))


def _counts(low: int, high: int) -> str:
    """« 2 à 4 réponses »."""
    return RESPONSES.of(low) if low == high else f"{number(low)} à {RESPONSES.of(high)}"


def _places(geography: Geography, count: int) -> str:
    noun = Noun(geography.one, geography.many)
    return f"{number(count)}{NO_BREAK_SPACE}{noun.agreed(count)}"
