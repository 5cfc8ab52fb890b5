"""What can be worked out from the counts that are told, by whoever knows every sum."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.suppression import _alone, cells_told
from tests.subtraction import follows

LEAST = 5


def told(cells, outside, in_parts=True):
    outside = None if outside is None else np.array(outside)
    return cells_told(np.array(cells), outside, in_parts=in_parts, least=LEAST).tolist()


def test_a_small_count_takes_another_of_its_group_with_it():
    assert told([[20, 6, 2]], [30, 30, 30]) == [[True, False, False]]


def test_two_small_counts_take_a_third_if_they_make_few_people_together():
    # 22 less 20 leaves two people: one in each of the others, since none would stand alone.
    assert told([[20, 1, 1]], [30, 30, 30]) == [[False, False, False]]
    assert told([[20, 3, 3]], [30, 30, 30]) == [[True, False, False]]


def test_a_large_count_is_hidden_that_would_give_away_a_small_one_of_everybody_else():
    # In the whole report 14 say the first: two of them are outside the group.
    assert told([[12, 10, 9]], [2, 20, 20]) == [[False, True, False]]


def test_nothing_follows_where_nobody_knows_who_is_outside():
    assert told([[12, 10, 9]], None) == [[True, True, True]]
    assert told([[12, 8], [17, 3]], None) == [[True, True], [False, False]]
    assert told([[18, 12, 2]], None, in_parts=False) == [[True, True, False]]


def test_nobody_among_everybody_else_is_no_small_count():
    assert told([[8, 28]], [0, 27]) == [[True, True]]


def test_where_nobody_else_is_left_each_group_hides_for_the_others():
    assert told([[12, 8], [17, 3]], [0, 0]) == [[False, False], [False, False]]


def test_ticks_do_not_add_up_to_the_people_of_a_group():
    assert told([[18, 12, 2]], [22, 18, 18], in_parts=False) == [[True, True, False]]
    assert told([[18, 12, 2]], [22, 1, 18], in_parts=False) == [[True, False, False]]


def test_a_count_that_lines_leave_alone_when_put_together_is_hidden_by_one_more():
    # No line hides one alone, but the first two rows less the first two columns leave the 2.
    cells = [[6, 7, 9, 9], [7, 6, 2, 9], [9, 9, 6, 7], [9, 9, 7, 6]]
    hidden = np.array(
        [
            [True, True, False, False],
            [True, True, True, False],
            [False, False, True, True],
            [False, False, True, True],
        ]
    )
    (mask,) = _alone(np.array(cells), ~hidden, LEAST)

    assert mask.tolist() == [
        [False, False, True, True],
        [False, False, True, True],
        [True, True, False, False],
        [True, True, False, False],
    ]


def test_a_count_that_the_whole_report_tells_by_itself_is_hidden_all_the_same():
    assert told([[3, 30]], [0, 30], in_parts=False) == [[False, True]]


def test_of_no_group_nothing_is_asked():
    assert told(np.zeros((0, 2), dtype=int), [7, 8]) == []


rows = st.lists(st.integers(0, 12), min_size=3, max_size=3)
outside = st.one_of(st.none(), rows)


@given(st.lists(rows, min_size=1, max_size=4), outside, st.booleans())
def test_no_small_count_follows_from_those_told_and_the_sums(cells, outside, in_parts):
    table, kept, axes = attacked(cells, outside, in_parts)
    nothing_kept = table == 0

    for place in np.argwhere((table > 0) & (table < LEAST)).tolist():
        unavoidable = follows(place, table, nothing_kept, axes)
        assert unavoidable or not follows(place, table, kept, axes)


@given(st.lists(rows, min_size=1, max_size=4), outside, st.booleans())
def test_what_is_hidden_of_a_line_is_nobody_or_enough_people(cells, outside, in_parts):
    table, kept, axes = attacked(cells, outside, in_parts)

    for axis in axes:
        hidden = np.where(kept, 0, table).sum(axis=axis)
        shown = np.where(kept, table, 0).sum(axis=axis)
        assert not ((hidden > 0) & (hidden < LEAST) & (shown > 0)).any()


def attacked(cells, outside, in_parts):
    """The table with those outside, what of it is told, and the axes whose sums are known."""
    kept = told(cells, outside, in_parts)
    if outside is None:
        return np.array(cells), np.array(kept), [1] * in_parts
    table = np.array([*cells, outside])
    return table, np.array([*kept, [n == 0 for n in outside]]), [0, *[1] * in_parts]
