"""What may be told of a group of respondents without pointing at one of them.

A group is told when it holds `least` people or more, and so do those outside it, unless there are
none. Of a group that is told, a count under `least` is shown as nobody, and so is the count that
would give a hidden one away by subtraction from the whole report, or a small one of those outside,
unless these are mixed with `least` or more of whom nobody knows where they belong. A hidden count
and nobody look the same everywhere. Of numbers, what so few people gave is not told either:
extremes, and the quartiles of a small group.

How many did not answer is no secret: what is not said points at nobody. Groups of two filters cross
in ways that are not guarded, but checking.py refuses a filter whose groups lie within another's.

Nor is it guarded that somebody watches the report: what changes with one answer is what the last
person answered, though not who they are, and the whole report says so as well as its groups do.
Holding figures back until several have answered would keep people from seeing their own counted.

A block that its editors cross with another question tells of the same groups, those too small put
together with whoever is in none. Its counts stand as they are: each person of them is one of
`least` or more alike, and the block itself, of the whole set, gives small counts too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from analysis.summaries import Crossed, Distribution, InClasses, Quotes, Ranks, Shares, Summary
from analysis.suppression import cells_told


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
    groups: Mapping[str, Summary],
    whole: Summary,
    edges: Sequence[float],
    least: int,
    *,
    unknown: int = 0,
) -> dict[str, Summary]:
    """One question's summaries of these groups, as they may be told; a group is left out if not.

    `whole`: that of everybody; `edges`: the classes of a distribution; `unknown`: how many answered
    without saying what the groups are made by.
    """
    sizes = {code: summary.base for code, summary in groups.items()}
    told = groups_told(sizes, whole.base, least)
    summaries = {code: summary for code, summary in groups.items() if code in told}
    everybody = np.array(_cells(whole, edges), dtype=int)
    cells = np.array([_cells(summary, edges) for summary in summaries.values()], dtype=int)
    cells = cells.reshape(len(summaries), len(everybody))
    outside = None if unknown >= least else everybody - cells.sum(axis=0)
    in_parts = int(everybody.sum()) == whole.base
    kept = cells_told(cells, outside, in_parts=in_parts, least=least)
    counts = np.where(kept, cells, 0).tolist()
    return {
        code: _told(summary, counts[place], least)
        for place, (code, summary) in enumerate(summaries.items())
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


def tells(told: Summary, choices: Collection[str], *, rest: bool) -> bool:
    """Whether a group's summary says how many gave one of these answers, or did not.


    `rest`: each person gave one answer, so that the others' counts say as much.
    """
    if not isinstance(told, Shares):
        return False
    others = [choice for choice in told.counts if choice not in choices]
    named = all(told.told(choice) is not None for choice in choices)
    return named or (rest and all(told.told(choice) is not None for choice in others))


def _cells(summary: Summary, edges: Sequence[float]) -> list[int]:
    match summary:
        case Shares():
            return list(summary.counts.values())
        case Ranks():
            return [summary.first(item) for item in summary.counts]
        case Distribution():
            return summary.counts_between(edges) if edges else []
    return []


def _told(summary: Summary, counts: list[int], least: int) -> Summary:
    """The summary with these counts in place of its own; of ranks, only who comes first."""
    match summary:
        case Shares():
            codes = summary.counts
            return replace(summary, counts=dict(zip(codes, counts, strict=True)), is_protected=True)
        case Ranks():
            firsts = dict(zip(summary.counts, counts, strict=True))
            return Shares(summary.base, firsts, is_protected=True)
        case Distribution():
            return InClasses(summary.values, tuple(counts), least)
        case Quotes():
            return Quotes(summary.base, 0)
    raise TypeError(summary)
