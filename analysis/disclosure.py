"""What may be told of a group of respondents without pointing at one of them.

A group is told when it holds `least` people or more, and so do those outside it, unless there are
none. Of a group that is told, a count under `least` is shown as nobody, and so is the count that
would give a hidden one away by subtraction: a hidden count and nobody look the same everywhere.

A block that its editors cross with another question tells of the same groups, those too small put
together with whoever is in none. Its counts stand as they are: each person of them is one of
`least` or more alike, and the block itself, of the whole set, gives small counts too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from analysis.summaries import Crossed, Distribution, InClasses, Quotes, Ranks, Shares, Summary


def groups_told(sizes: Mapping[str, int], total: int, least: int) -> frozenset[str]:
    """The groups that may be told, of these that share no person; `total`: everybody."""
    told = [c for c in sizes if sizes[c] >= least and _enough_outside(sizes[c], total, least)]
    told.sort(key=lambda code: -sizes[code])
    while told and not _enough_outside(sum(sizes[code] for code in told), total, least):
        told.pop()
    return frozenset(told)


def _enough_outside(inside: int, total: int, least: int) -> bool:
    return inside == total or total - inside >= least


def protected(
    groups: Mapping[str, Summary], whole: Summary, edges: Sequence[float], least: int
) -> dict[str, Summary]:
    """One question's summaries of these groups, as they may be told; a group is left out if not.

    `whole`: that of everybody; `edges`: the classes of a distribution.
    """
    told = groups_told({code: s.base for code, s in groups.items()}, whole.base, least)
    cells = {code: _cells(summary, edges) for code, summary in groups.items()}
    # Nobody outside the groups: what one hides, the others and the whole give away.
    nobody_outside = sum(summary.base for summary in groups.values()) == whole.base
    rows = np.array([cells[code] for code in groups], dtype=int).reshape(len(groups), -1)
    in_parts = [s.base for s in groups.values()] == rows.sum(axis=1).tolist()
    kept = cells_told(rows, [*([1] if in_parts else []), *([0] if nobody_outside else [])], least)
    counts = np.where(kept, rows, 0).tolist()
    return {
        code: _told(summary, counts[place])
        for place, (code, summary) in enumerate(groups.items())
        if code in told
    }


def crossed(answers: Crossed, least: int) -> Crossed:
    """The groups that may be told, the others in the rest; nobody in a rest that may not be."""
    sizes = {code: group.base for code, group in answers.groups.items() if group.base}
    has_small = any(size < least for size in sizes.values())
    # Who left the other question empty is no group to point at, but hides those who are.
    total = sum(sizes.values()) + (answers.rest.base if has_small else 0)
    told = groups_told(sizes, total, least)
    rest = sum((answers.groups[code] for code in sizes if code not in told), answers.rest)
    nobody = Shares(0, dict.fromkeys(rest.counts, 0))
    groups = {code: group for code, group in answers.groups.items() if code in told}
    return Crossed(groups, rest if groups and rest.base >= least else nobody)


def cells_told(cells: np.ndarray, axes: Sequence[int], least: int) -> np.ndarray:
    """Which of these counts may be told; along each of `axes` their sums are known to all."""
    told = (cells == 0) | (cells >= least)
    while (given_away := _given_away(cells, told, axes)) is not None:
        told[given_away] = False
    return told


def _given_away(cells: np.ndarray, told: np.ndarray, axes: Sequence[int]) -> tuple[int, int] | None:
    """The smallest count that stands between a hidden one, alone in its line, and the sum."""
    for axis in axes:
        for place in range(cells.shape[1 - axis]):
            line = (place, slice(None)) if axis == 1 else (slice(None), place)
            others = np.flatnonzero(told[line] & (cells[line] > 0))
            if (~told[line]).sum() == 1 and len(others):
                smallest = int(others[cells[line][others].argmin()])
                return (place, smallest) if axis == 1 else (smallest, place)
    return None


def _cells(summary: Summary, edges: Sequence[float]) -> list[int]:
    match summary:
        case Shares():
            return list(summary.counts.values())
        case Ranks():
            return [summary.first(item) for item in summary.counts]
        case Distribution():
            return summary.counts_between(edges) if edges else []
    return []


def _told(summary: Summary, counts: list[int]) -> Summary:
    """The summary with these counts in place of its own; of ranks, only who comes first."""
    match summary:
        case Shares():
            codes = summary.counts
            return replace(summary, counts=dict(zip(codes, counts, strict=True)), is_protected=True)
        case Ranks():
            firsts = dict(zip(summary.counts, counts, strict=True))
            return Shares(summary.base, firsts, is_protected=True)
        case Distribution():
            return InClasses(summary.values, tuple(counts))
        case Quotes():
            return Quotes(summary.base, 0)
    raise TypeError(summary)
