import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure import crossed, groups_told, protected, tells
from analysis.summaries import Crossed, Distribution, Ranks, Shares

LEAST = 5


@pytest.mark.parametrize(
    ("sizes", "total", "told"),
    [
        ({"a": 36, "b": 22, "c": 3}, 95, {"a", "b"}),
        ({"a": 4}, 95, set()),
        # Those outside would be three: « all but associations » would point at them.
        ({"a": 92}, 95, set()),
        ({"a": 95}, 95, {"a"}),
        # Each leaves enough outside, but both together leave three.
        ({"a": 60, "b": 32, "c": 3}, 95, {"a"}),
        ({}, 0, set()),
    ],
)
def test_a_group_is_told_if_it_and_the_others_are_enough(sizes, total, told):
    assert groups_told(sizes, total, LEAST) == told


def test_a_small_count_is_hidden_and_takes_another_with_it():
    groups = {
        "a": Shares(28, {"x": 20, "y": 6, "z": 2}),
        "b": Shares(30, {"x": 30, "y": 0, "z": 0}),
    }
    whole = Shares(90, {"x": 70, "y": 10, "z": 10})

    told = protected(groups, whole, (), LEAST)

    # 2 is hidden, and would be 28 - 20 - 6.
    assert told["a"] == Shares(28, {"x": 20, "y": 0, "z": 0}, is_protected=True)
    assert told["a"].told("z") is None
    assert told["b"].counts == {"x": 30, "y": 0, "z": 0}


def test_where_nobody_stands_outside_the_other_group_gives_nothing_away():
    groups = {"a": Shares(20, {"x": 12, "y": 8}), "b": Shares(20, {"x": 17, "y": 3})}
    whole = Shares(40, {"x": 29, "y": 11})

    told = protected(groups, whole, (), LEAST)

    assert [sum(shares.counts.values()) for shares in told.values()] == [0, 0]


def test_ticks_do_not_add_up_so_that_a_hidden_one_is_not_given_away():
    groups = {"a": Shares(20, {"x": 18, "y": 12, "z": 2})}

    told = protected(groups, Shares(60, {"x": 40, "y": 30, "z": 20}), (), LEAST)

    assert told["a"].counts == {"x": 18, "y": 12, "z": 0}


def test_a_question_that_few_of_the_group_answered_is_left_out():
    groups = {"a": Shares(3, {"x": 3}), "b": Shares(30, {"x": 30})}

    assert protected(groups, Shares(60, {"x": 60}), (), LEAST).keys() == {"b"}


def test_of_ranks_only_who_comes_first_is_told():
    ranks = Ranks(12, {"x": (7, 5), "y": (5, 7)})

    told = protected({"a": ranks}, Ranks(40, {"x": (20, 20), "y": (20, 20)}), (), LEAST)

    assert told["a"] == Shares(12, {"x": 7, "y": 5}, is_protected=True)


def test_of_numbers_extremes_are_not_told_and_small_classes_neither():
    ages = Distribution({21: 1, 30: 6, 35: 6, 60: 2})
    others = Distribution({30: 90})

    told = protected({"a": ages}, ages + others, [20, 30, 40, 70], LEAST, unknown=90)["a"]

    assert (told.minimum, told.maximum, told.median) == (None, None, 35)
    # 21 and 60 make three people, so that the class between is hidden with theirs.
    assert told.counts_between([20, 30, 40, 70]) == [0, 0, 0]


@pytest.mark.parametrize(
    ("people", "quartiles"),
    [
        (8, (None, None, None)),
        (9, (None, 5, None)),
        (16, (None, 8.5, None)),
        (17, (5, 9, 13)),
    ],
)
def test_a_quantile_is_told_if_enough_people_lie_on_each_side(people, quartiles):
    ages = Distribution(dict.fromkeys(range(1, people + 1), 1))

    told = protected({"a": ages}, ages + Distribution({30: 90}), [0, 100], LEAST, unknown=90)["a"]

    assert tuple(map(told.quantile, (0.25, 0.5, 0.75))) == quartiles
    assert told.mean == ages.mean


def test_a_small_count_of_those_outside_is_not_given_away_by_the_whole_report():
    group, whole = Shares(31, {"x": 12, "y": 10, "z": 9}), Shares(73, {"x": 14, "y": 30, "z": 29})

    known = protected({"a": group}, whole, (), LEAST)["a"]
    mixed = protected({"a": group}, whole, (), LEAST, unknown=5)["a"]

    # Two of those outside say x; the smallest count of the others keeps it company.
    assert known.counts == {"x": 0, "y": 10, "z": 0}
    assert mixed.counts == group.counts


@pytest.mark.parametrize(
    ("counts", "one_choice", "tells_it"),
    [
        ({"oui": 20, "non": 0}, True, True),
        ({"oui": 0, "non": 22}, True, True),
        ({"oui": 0, "non": 0}, True, False),
        ({"oui": 0, "non": 22}, False, False),
    ],
)
def test_a_summary_tells_how_many_gave_an_answer_or_did_not(counts, one_choice, tells_it):
    told = Shares(22, counts, is_protected=True)

    assert tells(told, ("oui",), rest=one_choice) is tells_it


def crossing(rest, **groups):
    shares = {code: Shares(sum(n), dict(zip("xy", n, strict=True))) for code, n in groups.items()}
    return Crossed(shares, Shares(sum(rest), dict(zip("xy", rest, strict=True))))


NOBODY = (0, 0)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        # Small groups stand in the rest, with whoever is in none; empty ones nowhere.
        (
            crossing((2, 0), a=(4, 26), b=(10, 10), c=(3, 0), d=(0, 1), e=NOBODY),
            crossing((5, 1), a=(4, 26), b=(10, 10)),
        ),
        # A rest of three would be given away: the smaller of the large groups joins it.
        (crossing(NOBODY, a=(20, 10), b=(4, 6), c=(0, 3)), crossing((4, 9), a=(20, 10))),
        # Who left the other question empty is no group: they hide nobody, and are told if enough.
        (crossing((1, 1), a=(20, 10), b=(4, 6)), crossing(NOBODY, a=(20, 10), b=(4, 6))),
        (crossing((4, 1), a=(20, 10)), crossing((4, 1), a=(20, 10))),
        # Of small groups alone nothing is told.
        (crossing(NOBODY, a=(2, 2), b=(1, 1)), crossing(NOBODY)),
        (crossing((9, 9), a=(2, 2)), crossing(NOBODY)),
    ],
)
def test_a_crossing_tells_of_large_groups_and_of_the_rest_together(answers, told):
    assert crossed(answers, LEAST) == told


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=5),
    st.tuples(st.integers(0, 12), st.integers(0, 12)),
)
def test_no_small_group_is_told_nor_given_away_by_subtraction(groups, rest):
    answers = crossing(rest, **{f"g{n}": counts for n, counts in enumerate(groups)})

    told = crossed(answers, LEAST)

    small = sum(0 < group.base < LEAST for group in answers.groups.values())
    left = answers.base + answers.rest.base - told.base
    assert all(group.base >= LEAST for group in told.groups.values())
    assert not (told.groups and small and left < LEAST)
    assert told.rest.base == 0 or told.rest.base == left
