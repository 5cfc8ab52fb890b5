"""What somebody works out who knows every sum of a table and some of its counts."""

import numpy as np


def follows(place, table, told, axes):
    """Whether a count is the same in every table that has these sums and agrees on what is told.

    `axes`: along which the sums are known. That a count is of nobody is known wherever it is true,
    which is more than anybody knows.
    """
    unknown = [tuple(cell) for cell in np.argwhere(~told & (table > 0)).tolist()]
    if tuple(place) not in unknown:
        return bool(told[tuple(place)])
    lines = [
        [cell[1 - axis] == line for cell in unknown]
        for axis in axes
        for line in range(table.shape[1 - axis])
    ]
    if not lines:
        return False
    itself = [cell == tuple(place) for cell in unknown]
    rank = np.linalg.matrix_rank
    return rank(np.array([*lines, itself], float)) == rank(np.array(lines, float))
