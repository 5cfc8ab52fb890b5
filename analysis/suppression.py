"""Which counts of a table may be told so that no small one is given away by what is known beside.

Known to all are sums: of the lines of the table. A small count is given away where it is the only
one hidden of a line; nearly so where all that is hidden of a line makes few people; and where it is
what remains between two sets of lines, once their sums are taken from each other. Source of the
last: Gusfield, « A graph theoretic approach to statistical data security », 1988: of lines as
points and hidden counts as links, those are given away without which two parts stand apart.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

ROWS, COLUMNS = 1, 0
"""The axes along which the lines are summed."""


def cells_told(
    cells: np.ndarray, outside: np.ndarray | None, *, in_parts: bool, least: int
) -> np.ndarray:
    """Which counts may be told: a row a group, a column a part.

    The size of each group is known; it is the sum of its row if each person is `in_parts` once.
    What everybody answered is known too: the sum of a column with `outside`, the counts of those in
    none of the groups, which may not be given away either; None where too little is known of who
    these are for anything to follow.
    """
    table = cells if outside is None else np.vstack([cells, outside])
    told = (table == 0) | (table >= least)
    # Those outside are shown nowhere.
    told[len(cells) :] = table[len(cells) :] == 0
    axes = [ROWS] * in_parts + [COLUMNS] * (outside is not None)
    while (place := _next_to_hide(table, told, axes, least)) is not None:
        told[place] = False
    return told[: len(cells)]


def _next_to_hide(
    table: np.ndarray, told: np.ndarray, axes: Sequence[int], least: int
) -> tuple[int, int] | None:
    """The smallest count, told so far, that helps to give another away; None if all is well."""
    alone = _alone(table, told, least) if len(axes) == 2 else ()
    for helping in chain(_too_few(table, told, axes, least), alone):
        places = np.argwhere(helping & told & (table > 0)).tolist()
        if places:
            row, column = min(places, key=lambda place: table[tuple(place)])
            return row, column
    # Of what is given away still, nothing more can be hidden: the whole report tells it by itself.
    return None


def _too_few(
    table: np.ndarray, told: np.ndarray, axes: Sequence[int], least: int
) -> Iterator[np.ndarray]:
    """Lines of which the hidden counts make fewer people than `least`, each as a mask."""
    hidden = np.where(told, 0, table)
    for axis in axes:
        sums = hidden.sum(axis=axis)
        for line in np.flatnonzero((sums > 0) & (sums < least)):
            mask = np.zeros(table.shape, dtype=bool)
            mask[line if axis == ROWS else (slice(None), line)] = True
            yield mask


def _alone(table: np.ndarray, told: np.ndarray, least: int) -> Iterator[np.ndarray]:
    """What stands, as small hidden counts do alone, between two sets of lines; a mask for each."""
    for row, column in np.argwhere(~told & (table < least)).tolist():
        links = ~told
        links[row, column] = False
        rows, columns = _linked(links, column)
        if not rows[row]:
            yield np.not_equal.outer(rows, columns)


def _linked(links: np.ndarray, column: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows and columns that can be reached from a column, over hidden counts."""
    rows = np.zeros(links.shape[0], dtype=bool)
    columns = np.zeros(links.shape[1], dtype=bool)
    columns[column] = True
    reached = 0
    while reached != (reached := int(rows.sum() + columns.sum())):
        rows |= links[:, columns].any(axis=1)
        columns |= links[rows].any(axis=0)
    return rows, columns
